import type { Io } from "../platform/io.ts";

const FOLDERS = {
  config: { variable: "XDG_CONFIG_HOME", fallback: ".config" },
  data: { variable: "XDG_DATA_HOME", fallback: ".local/share" },
  state: { variable: "XDG_STATE_HOME", fallback: ".local/state" },
} as const;

/**
 * The user's folder for settings, for data or for what was done last, or undefined if the environment names none
 * (https://specifications.freedesktop.org/basedir-spec). Relative paths are ignored.
 */
export function findXdgFolder(env: Io["env"], kind: keyof typeof FOLDERS): string | undefined {
  const { variable, fallback } = FOLDERS[kind];
  const named = env[variable];
  const home = env["HOME"];
  return named?.startsWith("/") ? named : home && `${home}/${fallback}`;
}
