import { LOCAL_USER, type Workspace } from "../../services/workspace.ts";
import type { Replica } from "../../ports/replica.ts";
import { nameDatabase } from "../database-name.ts";
import type { Owner } from "../protocol.ts";
import { type Changes, createChanges } from "./changes.ts";
import type { Database, Platform } from "./platform.ts";
import { createPreviewKeeper } from "./preview.ts";
import { startSyncing, type Syncing } from "./sync.ts";

/** The open database of an account, and what tells the page and the server of it. */
export type Account = {
  readonly platform: Platform;
  readonly owner: Owner;
  readonly database: Database;
  readonly workspace: Workspace;
  readonly replica: Replica;
  /** null for a database that follows no server. */
  readonly syncing: Syncing | null;
  /** Tells the page what was changed here, and the server soon. */
  readonly noteChange: () => Promise<void>;
  /** Ends all of this and removes the database from the browser. */
  readonly remove: () => Promise<void>;
};

/** Opens the database of an account and begins to tell the page what is in it. Throws as `openBrowserDatabase` does. */
export async function openAccount(platform: Platform, owner: Owner): Promise<Account> {
  const { system, post } = platform;
  const database = await platform.openDatabase(nameDatabase(owner.account));
  // As in a file of the command line, where such a database may come from and go to.
  const user = LOCAL_USER;
  const workspace = { store: database.store, user, system };
  const replica = database.openReplica(user);
  const preview = createPreviewKeeper({ workspace, database });
  const changes = createChanges({ workspace, post, onChange: preview.noteChange });
  await changes.sendAll();
  const syncing = owner.server ? startSyncing({ platform, owner, database, replica, changes }) : null;
  database.subscribe(() => void takeCommit(changes, syncing).catch(() => {}));
  if (syncing) await syncing.sayState();
  else post({ kind: "sync", state: { kind: "alone" } });
  const noteChange = async () => {
    await changes.sendNews();
    syncing?.noteEdit();
  };
  const remove = () => {
    preview.end();
    syncing?.end();
    return database.remove();
  };
  return { platform, owner, database, workspace, replica, syncing, noteChange, remove };
}

/** Tells the page what another page of this browser has changed. That one sends it. */
async function takeCommit(changes: Changes, syncing: Syncing | null): Promise<void> {
  await changes.sendNews();
  await syncing?.sayState();
}
