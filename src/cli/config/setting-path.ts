import { dirname } from "node:path";
import { TodoError } from "../../domain/errors.ts";
import type { Io } from "../platform/io.ts";
import type { ConfigKey } from "./keys.ts";

/**
 * The path that a setting of the file at `config` means. `~/` is the home folder, as in a shell. A relative path begins at
 * the file's folder, not at the working directory. Throws `usage` for another user's home, and if HOME is not set.
 */
export function resolveSettingPath(env: Io["env"], config: string, key: ConfigKey, path: string): string {
  if (path === "" || path.startsWith("/")) return path;
  if (!path.startsWith("~")) return `${dirname(config)}/${path}`;
  const home = env["HOME"];
  if (home && path.startsWith("~/")) return home + path.slice(1);
  const why = path.startsWith("~/") ? "starts with ~/, but HOME is not set" : "starts with ~ but not with ~/";
  throw new TodoError("usage", `${config}: ${JSON.stringify(key)} ${why}`, { hints: ["Write the whole path."] });
}
