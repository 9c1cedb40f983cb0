import { SETTINGS } from "../../config/keys.ts";
import { VIEW_NAMES } from "../../input/view-names.ts";
import type { Section } from "../sections.ts";
import { SERVER_VARIABLES } from "./server-variables.ts";
import type { Variable } from "./variable.ts";

const OWN_VARIABLES: Readonly<Record<string, readonly Variable[]>> = {
  "Your tasks": [
    {
      name: "TODO_DB",
      meaning: "the database with your tasks: a file or a postgres:// URL",
      option: "--db",
      setting: "database",
      fallback: "todo/todo.db in the data folder",
    },
    { name: "TZ", meaning: "your time zone, which decides what today is", fallback: "that of the machine" },
    { name: "TZDIR", meaning: "the folder with the rules of time zones" },
    { name: "VISUAL", meaning: "the editor of todo edit", fallback: "EDITOR" },
    { name: "EDITOR", meaning: "the editor of todo edit", fallback: "vi" },
  ],
  Output: [
    {
      name: "TODO_PAGER",
      meaning: "the pager for long lists, or off",
      option: "--no-pager",
      setting: "pager",
      fallback: "PAGER",
    },
    { name: "TODO_CONTEXT", meaning: SETTINGS.context.description, option: "--no-context", setting: "context" },
    { name: "PAGER", meaning: "the pager for long lists", fallback: "less -FIRX" },
    { name: "TODO_VIEW", meaning: SETTINGS.view.description, setting: "view", fallback: VIEW_NAMES[0] },
    {
      name: "TODO_LIST_COLUMNS",
      meaning: SETTINGS["list.columns"].description,
      option: "--columns",
      setting: "list.columns",
    },
    {
      name: "TODO_LIST_GROUP",
      meaning: SETTINGS["list.group"].description,
      option: "--group",
      setting: "list.group",
      fallback: "none",
    },
    {
      name: "TODO_LIST_SORT",
      meaning: SETTINGS["list.sort"].description,
      option: "--sort",
      setting: "list.sort",
      fallback: "due",
    },
    { name: "NO_COLOR", meaning: "1: no colours", option: "--no-color" },
    { name: "FORCE_COLOR", meaning: "1: colours even in a pipe", option: "--color=always" },
    { name: "CLICOLOR_FORCE", meaning: "the same as FORCE_COLOR" },
    { name: "CLICOLOR", meaning: "0: no colours" },
    { name: "TERM", meaning: "dumb: no colours and no pager" },
    { name: "TODO_DEBUG", meaning: "1: show where an unexpected error came from" },
  ],
  "Sync and account": [
    { name: "TODO_SERVER", meaning: SETTINGS.server.description, option: "--server", setting: "server" },
    { name: "TODO_INSECURE_HTTP", meaning: SETTINGS["insecure-http"].description, setting: "insecure-http" },
    { name: "TODO_REMOTE", meaning: "what todo sync syncs with: a server or a postgres:// URL" },
    {
      name: "TODO_SYNC_AUTO",
      meaning: "off: sync only when you say todo sync",
      setting: "sync.auto",
      fallback: "on",
    },
    { name: "TODO_TOKEN", meaning: "a token to use instead of the login" },
    {
      name: "TODO_CREDENTIAL_STORE",
      meaning: "where logins are kept: file or keychain",
      setting: "credential-store",
      fallback: "file",
    },
  ],
};

const MACHINE_VARIABLES: readonly Variable[] = [
  { name: "HOME", meaning: "your home folder" },
  { name: "XDG_DATA_HOME", meaning: "the data folder", fallback: "~/.local/share" },
  { name: "XDG_CONFIG_HOME", meaning: "the folder with settings and logins", fallback: "~/.config" },
  { name: "XDG_STATE_HOME", meaning: "the folder where todo reminders notes its last run", fallback: "~/.local/state" },
  { name: "TMPDIR", meaning: "the folder for the text that todo edit opens", fallback: "/tmp" },
  { name: "BROWSER", meaning: "the program that opens the page of a login" },
  { name: "DISPLAY", meaning: "a screen on which that page can open" },
  { name: "WAYLAND_DISPLAY", meaning: "the same" },
  { name: "SSH_CONNECTION", meaning: "open no page: it would be on another screen" },
  { name: "SHELL", meaning: "the shell that todo completion install is for" },
  { name: "BASH_COMPLETION_USER_DIR", meaning: "where bash looks for completions" },
];

/** All variables by what they are about. */
export const VARIABLES: Readonly<Record<string, readonly Variable[]>> = {
  ...OWN_VARIABLES,
  ...SERVER_VARIABLES,
  "Folders and programs": MACHINE_VARIABLES,
};

/** The help on environment variables. */
export const ENVIRONMENT: readonly Section[] = [
  {
    paragraphs: [
      "An option goes before a variable, and a variable before the settings of todo config. An empty variable counts as not set.",
    ],
  },
  ...Object.entries(VARIABLES).map(([heading, variables]) => ({ heading, rows: variables.map(toRow) })),
];

function toRow({ name, meaning, option, setting, fallback }: Variable) {
  const beside = [
    ...(option === undefined ? [] : [`option ${option}`]),
    ...(setting === undefined ? [] : [`setting ${setting}`]),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
  ];
  return [name, beside.length === 0 ? meaning : `${meaning} (${beside.join("; ")})`] as const;
}
