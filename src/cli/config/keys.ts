import { TodoError } from "../../domain/errors.ts";
import { checkKeySetUrl, readLeeway } from "../../services/tokens/settings.ts";
import { readColumns } from "../input/columns.ts";
import { GROUPING_NAMES } from "../input/grouping.ts";
import { SORT_NAMES } from "../input/sort.ts";
import { readView, VIEW_NAMES } from "../input/view-names.ts";
import { isUnencrypted, readServerUrl } from "./server-url.ts";

/** The settings of the configuration file, in the order in which they are listed. */
export const CONFIG_KEYS = [
  "server",
  "insecure-http",
  "database",
  "sync.auto",
  "pager",
  "context",
  "view",
  "list.columns",
  "list.group",
  "list.sort",
  "credential-store",
  "jwks-url",
  "jwt-issuer",
  "jwt-audience",
  "jwt-leeway",
  "secret-file",
  "better-auth-secret-file",
] as const;

export type ConfigKey = (typeof CONFIG_KEYS)[number];

/** A value as it is stored. */
export type ConfigValue = string | number;

type Setting = {
  /** The environment variable that overrides the file. */
  readonly variable: string;
  readonly description: string;
  /** The default. */
  readonly fallback?: ConfigValue;
  /** All allowed values, if they can be listed. */
  readonly choices?: readonly string[];
  /** The value as it is stored. Throws `usage` if it is not allowed; messages call it `name` and repeat no value. */
  readonly check: (text: string, name: string) => ConfigValue;
};

const CREDENTIAL_STORES = ["file", "keychain"] as const;

const SWITCH = ["on", "off"] as const;

const asItIs = (text: string) => text;

export const SETTINGS: Readonly<Record<ConfigKey, Setting>> = {
  server: {
    variable: "TODO_SERVER",
    description: "the URL of your todo server",
    check: readServerUrl,
  },
  "insecure-http": {
    variable: "TODO_INSECURE_HTTP",
    description: "servers that may be reached by http",
    check: checkInsecureServers,
  },
  database: {
    variable: "TODO_DB",
    description: "the file with your tasks",
    check: checkFile,
  },
  "sync.auto": {
    variable: "TODO_SYNC_AUTO",
    description: "sync in the background: on or off",
    fallback: "on",
    choices: SWITCH,
    check: oneOf(SWITCH, "is neither on nor off"),
  },
  pager: {
    variable: "TODO_PAGER",
    description: "the pager for long lists: a command, or off",
    check: asItIs,
  },
  context: {
    variable: "TODO_CONTEXT",
    description: "the saved filter that narrows lists, or off",
    check: asItIs,
  },
  view: {
    variable: "TODO_VIEW",
    description: "what todo alone shows, such as today or filter:NAME",
    fallback: VIEW_NAMES[0],
    choices: VIEW_NAMES,
    check: checkView,
  },
  "list.columns": {
    variable: "TODO_LIST_COLUMNS",
    description: "the columns of lists, such as handle,due,title",
    check: checkColumns,
  },
  "list.group": {
    variable: "TODO_LIST_GROUP",
    description: "what todo list groups by, such as project, or none",
    choices: GROUPING_NAMES,
    check: oneOf(GROUPING_NAMES, "is not a known grouping"),
  },
  "list.sort": {
    variable: "TODO_LIST_SORT",
    description: "what todo list sorts by, such as priority",
    choices: SORT_NAMES,
    check: oneOf(SORT_NAMES, "is not a known order"),
  },
  "credential-store": {
    variable: "TODO_CREDENTIAL_STORE",
    description: "where logins are kept: file or keychain",
    fallback: "file",
    choices: CREDENTIAL_STORES,
    check: oneOf(CREDENTIAL_STORES, "is not a known credential store"),
  },
  "jwks-url": {
    variable: "TODO_JWKS_URL",
    description: "the URL of the public keys of tokens",
    check: checkKeySetUrl,
  },
  "jwt-issuer": {
    variable: "TODO_JWT_ISSUER",
    description: "the iss that tokens must have",
    check: asItIs,
  },
  "jwt-audience": {
    variable: "TODO_JWT_AUDIENCE",
    description: "the aud that tokens must have",
    check: asItIs,
  },
  "jwt-leeway": {
    variable: "TODO_JWT_LEEWAY",
    description: "seconds by which clocks may differ",
    fallback: 0,
    check: readLeeway,
  },
  "secret-file": {
    variable: "TODO_SECRET_FILE",
    description: "a file with the secret of your server",
    check: asItIs,
  },
  "better-auth-secret-file": {
    variable: "BETTER_AUTH_SECRET_FILE",
    description: "a file with the secret of Better Auth",
    check: asItIs,
  },
};

/** Settings that are paths. */
export const PATHS: ReadonlySet<ConfigKey> = new Set(["database", "secret-file", "better-auth-secret-file"]);

/** The key of this name, or undefined if there is none. */
export function findConfigKey(name: string): ConfigKey | undefined {
  return CONFIG_KEYS.find((key) => key === name);
}

/** The key that a user named. Throws `usage` without the word: it may be a misplaced value, and secret. */
export function requireKey(name: string): ConfigKey {
  const key = findConfigKey(name);
  if (key !== undefined) return key;
  throw new TodoError("usage", "there is no such setting", { hints: [`Use one of ${CONFIG_KEYS.join(", ")}.`] });
}

/** Servers that the user agreed to reach by http, with commas between. */
function checkInsecureServers(text: string, name: string): string {
  const servers = text.split(",").map((server) => readServerUrl(server.trim(), name));
  if (servers.every(isUnencrypted)) return [...new Set(servers)].join(",");
  throw new TodoError("usage", `${name} names a server that needs no consent`, {
    hints: ["List those alone that are reached by http in your own network: http://raspberrypi.local:8787"],
  });
}

/** Checks that a value is one of these. `problem` says of the setting that it is none of them. */
function oneOf(choices: readonly string[], problem: string) {
  return (text: string, name: string): string => {
    if (choices.includes(text)) return text;
    throw new TodoError("usage", `${name} ${problem}`, { hints: [`Use one of ${choices.join(", ")}.`] });
  };
}

function checkColumns(text: string, name: string): string {
  readColumns(text, name);
  return text;
}

function checkView(text: string, name: string): string {
  readView(text, name);
  return text;
}

/** Passwords must not be in this file. */
function checkFile(text: string, name: string): string {
  if (!text.includes("://")) return text;
  throw new TodoError("usage", `${name} is not a file`, {
    hints: ["Name a database on a server with --db or TODO_DB."],
  });
}
