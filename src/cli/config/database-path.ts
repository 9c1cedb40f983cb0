import { dirname } from "node:path";
import { TodoError } from "../../domain/errors.ts";
import { findOwnSetting } from "./config.ts";
import type { Io } from "../platform/io.ts";
import { hostOf } from "./resolve-server.ts";
import { findXdgFolder } from "./xdg.ts";

/** Hash digits that tell two accounts on one server apart. */
const HASH_DIGITS = 12;

/**
 * The path of the database, even if it does not exist: of a flag, else of TODO_DB, else the default. Creates nothing.
 */
export function findDatabase(io: Io, flag: string | undefined): string | undefined {
  return (flag ?? io.env["TODO_DB"]) || findDefaultDatabase(io);
}

/** The default path of the database. Creates its folder. Throws `usage` if the environment names no folder for it. */
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

/** The database of an account if the first one can't be used because it follows another account. */
export function ownDatabase({ env }: Io, server: string, user: string): string | undefined {
  const folder = dataFolder(env);
  const hash = new Bun.CryptoHasher("sha256").update(`${server}\n${user}`).digest("hex").slice(0, HASH_DIGITS);
  return folder && `${folder}/${hostOf(server).replaceAll(/[^\w.-]/g, "_")}-${hash}.db`;
}

function findDefaultDatabase(io: Io): string | undefined {
  return findOwnSetting(io, "database") ?? firstDatabase(io);
}

/** This program's folder for data. */
function dataFolder(env: Io["env"]): string | undefined {
  const base = findXdgFolder(env, "data");
  return base ? `${base}/todo` : undefined;
}
