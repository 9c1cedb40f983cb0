import { dirname } from "node:path";
import { TodoError } from "../../domain/errors.ts";
import { findOwnSetting } from "./config.ts";
import type { Io } from "../platform/io.ts";
import { hostOf } from "./resolve-server.ts";

/** Digits of the hash that tells two accounts on one server apart. */
const HASH_DIGITS = 12;

/** Where the database is or will be: that of a flag, else of TODO_DB, else the default. Makes nothing. */
export function findDatabase(io: Io, flag: string | undefined): string | undefined {
  return (flag ?? io.env["TODO_DB"]) || findDefaultDatabase(io);
}

/** Where the database is that commands use where nothing else is said. Its folder is made. Throws `usage` where nothing says where. */
export function prepareDefaultDatabase(io: Io): string {
  const path = findDefaultDatabase(io);
  if (path === undefined) {
    throw new TodoError("usage", "neither HOME nor XDG_DATA_HOME says where your data is", {
      hints: ["Give a file with --db or TODO_DB."],
    });
  }
  io.makePrivateFolder(dirname(path));
  return path;
}

/** The database of a machine with one account. */
export function firstDatabase({ env }: Io): string | undefined {
  const folder = dataFolder(env);
  return folder && `${folder}/todo.db`;
}

/** The database of an account for which the first one can't be used, because it follows another. */
export function ownDatabase({ env }: Io, origin: string, user: string): string | undefined {
  const folder = dataFolder(env);
  const hash = new Bun.CryptoHasher("sha256").update(`${origin}\n${user}`).digest("hex").slice(0, HASH_DIGITS);
  return folder && `${folder}/${hostOf(origin).replaceAll(/[^\w.-]/g, "_")}-${hash}.db`;
}

function findDefaultDatabase(io: Io): string | undefined {
  return findOwnSetting(io, "database") ?? firstDatabase(io);
}

/** The XDG data folder (https://specifications.freedesktop.org/basedir-spec), which must be absolute to count. */
function dataFolder({ XDG_DATA_HOME: data, HOME: home }: Io["env"]): string | undefined {
  const base = data?.startsWith("/") ? data : home && `${home}/.local/share`;
  return base ? `${base}/todo` : undefined;
}
