import { isDatabaseUrl } from "../../domain/database-url.ts";
import { TodoError } from "../../domain/errors.ts";
import { readJsonObject, type JsonObject } from "../../services/tokens/strict-json.ts";
import { CONFIG_KEYS, type ConfigKey, type ConfigValue, findKey, PATHS, SETTINGS } from "./keys.ts";
import type { Io } from "../platform/io.ts";

/** `path` is that of the file, undefined where there is none. */
export type Configured = { readonly env: Io["env"]; readonly path: string | undefined };

/** What the file says, as it would stand in the environment. `path` is undefined where there is no file. */
type ConfigFile = { readonly said: ReadonlyMap<ConfigKey, string>; readonly path: string | undefined };

/** What counts for a setting, and who says so: a variable, the file at a path, `default`. Both are undefined where nobody does. */
export type Found = { readonly value: ConfigValue | undefined; readonly source: string | undefined };

/** The folder for what a user sets, as XDG has it, or undefined where nothing says where. */
export function configFolder({ XDG_CONFIG_HOME: config, HOME: home }: Io["env"]): string | undefined {
  const base = config?.startsWith("/") ? config : home && `${home}/.config`;
  return base ? `${base}/todo` : undefined;
}

/** Where the configuration file is or will be. Throws `usage` where nothing says where. */
export function configPath({ env }: Io): string {
  const folder = configFolder(env);
  if (folder !== undefined) return `${folder}/config.json`;
  throw new TodoError("usage", "neither HOME nor XDG_CONFIG_HOME says where your settings are", {
    hints: ["Set one of them."],
  });
}

/** The environment, with what the configuration file says where it says nothing. Throws `usage` for what isn't understood. */
export function readConfigured(io: Io): Configured {
  const { said, path } = readConfigFile(io);
  const missing = [...said].filter(([key]) => findVariable(io, key) === undefined);
  return {
    env: { ...io.env, ...Object.fromEntries(missing.map(([key, text]) => [SETTINGS[key].variable, text])) },
    path,
  };
}

/** What the environment says, else the file, else the default. Throws `usage` with the name of the variable or the file. */
export function findSetting(io: Io, key: "server" | "credential-store"): string | undefined {
  return toText(lookUp(io, key));
}

/** The same for what commands for one's own tasks ask. They need nothing else of the file, whatever a later version wrote into it. */
export function findOwnSetting(io: Io, key: "database" | "sync.auto"): string | undefined {
  return toText(lookUp(io, key, readConfigFile(io, key)));
}

function toText({ value }: Found): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** The same for each of the settings, with who says it. */
export function lookUpAll(io: Io): (Found & { readonly key: ConfigKey })[] {
  const file = readConfigFile(io);
  return CONFIG_KEYS.map((key) => ({ key, ...lookUp(io, key, file) }));
}

/** The same for one setting. A file that was not read yet is only read where the environment says nothing. */
export function lookUp(io: Io, key: ConfigKey, file?: ConfigFile): Found {
  const { variable, fallback, check } = SETTINGS[key];
  const source = findVariable(io, key);
  const given = io.env[variable] ?? "";
  // A secret, and a URL with a password, are nobody's to see.
  if (source !== undefined && (source !== variable || isDatabaseUrl(given))) return { value: undefined, source };
  if (source !== undefined) return { value: check(given, variable), source };
  const { said, path } = file ?? readConfigFile(io);
  const text = said.get(key);
  if (text) return { value: check(text, `${path}: ${JSON.stringify(key)}`), source: path };
  return { value: fallback, source: fallback === undefined ? undefined : "default" };
}

/** The environment variable that goes before what the file says. A secret goes before a file with one, too. */
export function findVariable({ env }: Io, key: ConfigKey): string | undefined {
  const names = [SETTINGS[key].variable, ...(key === "secret-file" ? ["BETTER_AUTH_SECRET"] : [])];
  return names.find((name) => env[name]);
}

/** The settings that the bytes of the file are. Throws `usage` for anything but one JSON object. */
export function parseConfig(path: string, bytes: Uint8Array): JsonObject {
  const settings = readJsonObject(bytes);
  if (settings) return settings;
  throw new TodoError("usage", `${path} is not a JSON object`, { hints: ["Mend it or remove it."] });
}

function readConfigFile(io: Io, only?: ConfigKey): ConfigFile {
  const folder = configFolder(io.env);
  const path = `${folder}/config.json`;
  if (folder === undefined || !io.fileExists(path)) return { said: new Map(), path: undefined };
  const settings = Object.entries(parseConfig(path, io.readFile(path)));
  const wanted = settings.filter(([key]) => only === undefined || key === only);
  return { said: new Map(wanted.map(([key, value]) => readSetting(path, key, value))), path };
}

function readSetting(path: string, name: string, value: unknown): readonly [ConfigKey, string] {
  const key = findKey(name);
  if (key === undefined) {
    const hint = `It may have ${CONFIG_KEYS.join(", ")}.`;
    throw new TodoError("usage", `${path}: ${JSON.stringify(name)} is not a setting`, { hints: [hint] });
  }
  if (key === "jwt-leeway" && typeof value === "number") return [key, String(value)];
  if (typeof value !== "string") throw new TodoError("usage", `${path}: ${JSON.stringify(key)} is not a text`);
  // The folder in which a command is typed has nothing to do with it.
  const isLoose = PATHS.has(key) && value !== "" && !value.startsWith("/");
  return [key, isLoose ? `${path.slice(0, path.lastIndexOf("/"))}/${value}` : value];
}
