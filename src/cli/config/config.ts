import { isDatabaseUrl } from "../../domain/database-url.ts";
import { TodoError } from "../../domain/errors.ts";
import { readJsonObject, type JsonObject } from "../../services/tokens/strict-json.ts";
import { CONFIG_KEYS, type ConfigKey, type ConfigValue, findConfigKey, PATHS, SETTINGS } from "./keys.ts";
import { resolveSettingPath } from "./setting-path.ts";
import { findXdgFolder } from "./xdg.ts";
import type { Io } from "../platform/io.ts";

/** `path` is the path of the file, undefined if there is none. */
export type Configured = { readonly env: Io["env"]; readonly path: string | undefined };

/** The file's settings, spelled as in the environment. `path` is undefined if there is no file. */
type ConfigFile = { readonly said: ReadonlyMap<ConfigKey, string>; readonly path: string | undefined };

/**
 * The effective value of a setting and its source: a variable, the path of the file, or `default`. Both undefined if
 * unset.
 */
export type Found = { readonly value: ConfigValue | undefined; readonly source: string | undefined };

/** The name of the saved filter that narrows lists, and the source of that setting. */
export type Context = { readonly name: string; readonly source: string };

/** The value that goes before the file and says that there is none. */
export const NO_CONTEXT = "off";

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** This program's folder for user settings, or undefined if the environment names none. */
export function configFolder(env: Io["env"]): string | undefined {
  const base = findXdgFolder(env, "config");
  return base ? `${base}/todo` : undefined;
}

/**
 * The path of the configuration file, even if it does not exist. Throws `usage` if the environment names no folder for
 * it.
 */
export function configPath({ env }: Io): string {
  const folder = configFolder(env);
  if (folder !== undefined) return `${folder}/config.json`;
  throw new TodoError("usage", "neither HOME nor XDG_CONFIG_HOME says where your settings are", {
    hints: ["Set one of them."],
  });
}

/** The environment, completed from the configuration file. Throws `usage` for values that are not understood. */
export function readConfigured(io: Io): Configured {
  const { said, path } = readConfigFile(io);
  const missing = [...said].filter(([key]) => findVariable(io, key) === undefined);
  return {
    env: { ...io.env, ...Object.fromEntries(missing.map(([key, text]) => [SETTINGS[key].variable, text])) },
    path,
  };
}

/** The settings that say how lists look. */
export type ListKey = Extract<ConfigKey, `list.${string}`>;

/**
 * The environment's value, else the file's, else the default. Throws `usage` with the name of the variable or the file.
 */
export function findSetting(io: Io, key: "server" | "insecure-http" | "credential-store"): string | undefined {
  return toText(lookUp(io, key));
}

/**
 * The same for commands on the user's own tasks. They ignore other settings in the file, which a later version may have
 * written.
 */
export function findOwnSetting(io: Io, key: "database" | "sync.auto" | "pager" | "view" | ListKey): string | undefined {
  return toText(lookUp(io, key, readConfigFile(io, key)));
}

/** The context of this device. Undefined if there is none. */
export function findContext(io: Io): Context | undefined {
  const { value, source } = lookUp(io, "context", readConfigFile(io, "context"));
  return value === undefined || source === undefined || value === NO_CONTEXT
    ? undefined
    : { name: String(value), source };
}

function toText({ value }: Found): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** The same for all settings, with their sources. */
export function lookUpAll(io: Io): (Found & { readonly key: ConfigKey })[] {
  const file = readConfigFile(io);
  return CONFIG_KEYS.map((key) => ({ key, ...lookUp(io, key, file) }));
}

/** The same for one setting. The file is only read if the environment has no value. */
export function lookUp(io: Io, key: ConfigKey, file?: ConfigFile): Found {
  const { variable, fallback, check } = SETTINGS[key];
  const source = findVariable(io, key);
  const given = io.env[variable] ?? "";
  // A secret, or a URL with a password, must not be shown.
  if (source !== undefined && (source !== variable || isDatabaseUrl(given))) return { value: undefined, source };
  if (source !== undefined) return { value: check(given, variable), source };
  const { said, path } = file ?? readConfigFile(io);
  const text = said.get(key);
  if (text) return { value: check(text, `${path}: ${JSON.stringify(key)}`), source: path };
  return { value: fallback, source: fallback === undefined ? undefined : "default" };
}

/** The environment variable that overrides the file. A secret also overrides a file with one. */
export function findVariable({ env }: Io, key: ConfigKey): string | undefined {
  const { variable } = SETTINGS[key];
  const names = [variable, variable.replace(/_FILE$/, "")];
  return names.find((name) => env[name]);
}

/**
 * Parses the bytes of the file. Throws `usage` for anything but one JSON object. A byte order mark is skipped: some
 * editors write one.
 */
export function parseConfig(path: string, bytes: Uint8Array): JsonObject {
  const hasMark = BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte);
  const settings = readJsonObject(hasMark ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes);
  if (settings) return settings;
  throw new TodoError("usage", `${path} is not a JSON object`, { hints: ["Fix it or remove it."] });
}

function readConfigFile(io: Io, only?: ConfigKey): ConfigFile {
  const folder = configFolder(io.env);
  const path = `${folder}/config.json`;
  if (folder === undefined || !io.fileExists(path)) return { said: new Map(), path: undefined };
  const settings = Object.entries(parseConfig(path, io.readFile(path)));
  const wanted = settings.filter(([key]) => only === undefined || key === only);
  return { said: new Map(wanted.map(([key, value]) => readSetting(io, path, key, value))), path };
}

function readSetting({ env }: Io, path: string, name: string, value: unknown): readonly [ConfigKey, string] {
  const key = findConfigKey(name);
  if (key === undefined) {
    const hint = `Use one of ${CONFIG_KEYS.join(", ")}.`;
    throw new TodoError("usage", `${path}: ${JSON.stringify(name)} is not a setting`, { hints: [hint] });
  }
  if (key === "jwt-leeway" && typeof value === "number") return [key, String(value)];
  if (typeof value !== "string") throw new TodoError("usage", `${path}: ${JSON.stringify(key)} is not a text`);
  return [key, PATHS.has(key) ? resolveSettingPath(env, path, key, value) : value];
}
