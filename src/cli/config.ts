import { TodoError } from "../domain/errors.ts";
import { readJsonObject } from "../services/tokens/strict-json.ts";
import type { Io } from "./io.ts";

/** What the file may say, with the variables that it stands in for. */
const KEYS: Readonly<Record<string, string>> = {
  "jwks-url": "TODO_JWKS_URL",
  "jwt-issuer": "TODO_JWT_ISSUER",
  "jwt-audience": "TODO_JWT_AUDIENCE",
  "jwt-leeway": "TODO_JWT_LEEWAY",
  "secret-file": "BETTER_AUTH_SECRET_FILE",
};

/** `path` is that of the file, undefined where there is none. */
export type Configured = { readonly env: Io["env"]; readonly path: string | undefined };

/** The folder for what a user sets, as XDG has it, or undefined where nothing says where. */
export function configFolder({ XDG_CONFIG_HOME: config, HOME: home }: Io["env"]): string | undefined {
  const base = config?.startsWith("/") ? config : home && `${home}/.config`;
  return base ? `${base}/todo` : undefined;
}

/** The environment, with what the configuration file says where it says nothing. Throws `usage` for what isn't understood. */
export function readConfigured(io: Io): Configured {
  const folder = configFolder(io.env);
  const path = `${folder}/config.json`;
  if (folder === undefined || !io.fileExists(path)) return { env: io.env, path: undefined };
  const settings = readJsonObject(io.readFile(path));
  if (!settings) throw new TodoError("usage", `${path} is not a JSON object`, { hints: ["Mend it or remove it."] });
  const said = Object.entries(settings).map(([key, value]) => readSetting(path, key, value));
  const missing = said.filter(([name]) => !isSet(io.env, name));
  return { env: { ...io.env, ...Object.fromEntries(missing) }, path };
}

function readSetting(path: string, key: string, value: unknown): readonly [string, string] {
  const name = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (name === undefined) {
    const hint = `It may have ${Object.keys(KEYS).join(", ")}.`;
    throw new TodoError("usage", `${path}: ${JSON.stringify(key)} is not a setting`, { hints: [hint] });
  }
  if (key === "jwt-leeway" && typeof value === "number") return [name, String(value)];
  if (typeof value !== "string") throw new TodoError("usage", `${path}: ${JSON.stringify(key)} is not a text`);
  // The folder in which a command is typed has nothing to do with it.
  const isLoose = key === "secret-file" && value !== "" && !value.startsWith("/");
  return [name, isLoose ? `${path.slice(0, path.lastIndexOf("/"))}/${value}` : value];
}

/** A secret in the environment goes before a file with one, too. */
function isSet(env: Io["env"], name: string): boolean {
  return Boolean(env[name]) || (name === "BETTER_AUTH_SECRET_FILE" && Boolean(env["BETTER_AUTH_SECRET"]));
}
