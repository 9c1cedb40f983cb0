import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import type { DatabaseFile } from "../../../src/ports/database.ts";
import type { Replica, ExchangeResult } from "../../../src/ports/replica.ts";

/** The user of the tasks in a replica. */
export const OWNER = "local";
export const NOW = Date.UTC(2026, 10, 20, 9);
/** Whom it follows. */
export const SERVER = { server: "https://todo.example.com", user: "acct_1" };
export const MILK = "019a9f3c-51c8-7000-a1b2-000000000001";
export const BREAD = "019a9f3c-51c8-7000-a1b2-000000000002";
export const DELETED_AT = "2026-11-20T09:00:00.000Z";

/** Opens a database, in memory where no path is given, and what a test does with the replica in it. */
export function openTestReplica(path = ":memory:") {
  return equipReplica(openSqlite(path));
}

/** What is a replica, whatever it is opened in. */
export type OpenedForReplica = Pick<DatabaseFile, "store" | "sync" | "openReplica">;

/** What a test does with the replica in a database. */
export function equipReplica(opened: OpenedForReplica) {
  const replica = opened.openReplica(OWNER);
  const edit = (id: string, fields: Fields, user = OWNER) =>
    opened.store.commit(user, { action: "edit", now: NOW, edits: [{ id, fields }] });
  const settle = async (more: Partial<ExchangeResult>) => {
    const base = more.base ?? (await replica.outgoing(1)).base;
    return replica.applyResult({
      tasks: [],
      sent: [],
      rejected: [],
      cursor: "c",
      more: false,
      now: NOW,
      ...more,
      base,
    });
  };
  /** The fields that wait, by task. */
  const waiting = async () => {
    const { changes } = await replica.outgoing(100);
    return Object.fromEntries(changes.map(({ id, registers }) => [id, Object.keys(registers).toSorted()]));
  };
  /** The server has everything that is here. */
  const acknowledge = async () => settle({ sent: (await replica.outgoing(100)).sent });
  return { ...opened, replica, edit, settle, waiting, acknowledge };
}

/** The server says that the cursor has expired. */
export async function expire(replica: Replica): Promise<void> {
  await replica.startResync((await replica.outgoing(1)).base);
}

/** A clock of another device. */
export function clockAt(ms: number): string {
  return `${ms.toString(16).padStart(12, "0")}0000ffffffff`;
}
