import { LOCAL_USER, type Workspace } from "../../services/workspace.ts";
import type { Owner } from "../protocol.ts";
import { type Changes, createChanges } from "./changes.ts";
import type { Database, Platform } from "./platform.ts";

/** The open database of an account, and what tells the page of it. */
export type Account = {
  readonly database: Database;
  readonly workspace: Workspace;
  readonly changes: Changes;
  /** Takes note of a change that was made here, once the page knows of it. */
  readonly noteChange: () => Promise<void>;
};

/** Opens the database of an account and begins to tell the page what is in it. Throws as `openBrowserDatabase` does. */
export async function openAccount(platform: Platform, owner: Owner): Promise<Account> {
  const { system, post } = platform;
  const database = await platform.openDatabase(`todo:${owner.account}`);
  // As in a file of the command line, where such a database may come from and go to.
  const workspace = { store: database.store, user: LOCAL_USER, system };
  const changes = createChanges({ workspace, post });
  database.subscribe(() => void changes.sendNews());
  await changes.sendAll();
  post({ kind: "sync", state: { kind: "alone" } });
  return { database, workspace, changes, noteChange: changes.sendNews };
}
