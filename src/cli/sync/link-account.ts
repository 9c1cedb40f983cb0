import type { DatabaseFile } from "../../ports/database.ts";
import { formatTaskCount } from "../../domain/task/text.ts";
import type { Replica } from "../../ports/replica.ts";
import { countTasks } from "../../services/tasks/list-tasks.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { removeSetting, writeSetting } from "../config/changes.ts";
import { confirm } from "../input/confirm.ts";
import { firstDatabase, ownDatabase } from "../config/database-path.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Io } from "../platform/io.ts";
import { printNote } from "../output/print.ts";
import type { Invocation } from "../invocation.ts";
import type { RemoteAccount } from "./remote.ts";
import { hostOf } from "../config/resolve-server.ts";

/**
 * Binds the current database to an account, or another one if that follows a different account. Its tasks become the
 * account's, so the user must agree first. Otherwise `todo sync` asks again. Answers the replica, or null if none
 * follows the account.
 */
export async function linkAccount(
  invocation: Invocation,
  account: RemoteAccount,
  isAgreed: boolean,
): Promise<Replica | null> {
  const { io, place } = invocation;
  if (place.kind === "server") return null;
  const database = await chooseDatabase(invocation, await place.open(), account);
  if (database === null) {
    printNote(invocation, "This database follows another account. Give another file with --db or TODO_DB.");
    return null;
  }
  const replica = database.openReplica(LOCAL_USER);
  if ((await replica.binding()) !== null) return replica;
  const { store } = database;
  const count = await countTasks({ store, user: LOCAL_USER, system: io.system }, []);
  if (isAgreed || count === 0 || confirmUpload(invocation, count, account)) {
    await replica.bind(account);
    return replica;
  }
  printNote(invocation, `Nothing was uploaded: todo sync ${io.input.isTerminal() ? "asks again." : "--yes does it."}`);
  return null;
}

/** Asks whether the local tasks may become the account's. Without a terminal the answer is no. */
export function confirmUpload(invocation: Invocation, count: number, { server, name }: RemoteAccount): boolean {
  if (!invocation.io.input.isTerminal()) return false;
  return confirm(invocation, escapeControls(`Upload ${formatTaskCount(count)} to ${hostOf(server)} as ${name}?`));
}

/** null if the user named a database that follows another account. */
async function chooseDatabase(
  invocation: Invocation,
  current: DatabaseFile,
  account: RemoteAccount,
): Promise<DatabaseFile | null> {
  const { io, db } = invocation;
  if (await canFollow(current, account)) return current;
  if (db !== undefined || io.env["TODO_DB"]) return null;
  const first = await openFirst(io, current);
  if (first && (await canFollow(first, account))) {
    removeSetting(io, "database");
    sayWhere(invocation, first.file.path);
    return first;
  }
  const path = ownDatabase(io, account.server, account.user);
  if (path === undefined) return null;
  const own = await io.openStore(path);
  writeSetting(io, "database", path);
  sayWhere(invocation, path);
  return own;
}

function sayWhere(invocation: Invocation, path: string): void {
  printNote(invocation, escapeControls(`The tasks of this account are in ${path}`));
}

/** The first database, unless it is the current one. */
async function openFirst(io: Io, { file }: DatabaseFile): Promise<DatabaseFile | null> {
  const path = firstDatabase(io);
  return path !== undefined && path !== file.path && io.fileExists(path) ? io.openStore(path) : null;
}

async function canFollow(database: DatabaseFile, { server, user }: RemoteAccount): Promise<boolean> {
  const bound = await database.openReplica(LOCAL_USER).binding();
  return bound === null || (bound.server === server && bound.user === user);
}
