import { type Synced, synchronize } from "../../services/sync/synchronize.ts";
import { findOwnSetting } from "../config/config.ts";
import type { Invocation } from "../invocation.ts";
import { escapeControls } from "../../domain/escape.ts";
import { printNote } from "../output/print.ts";
import { toTodoError } from "../output/render.ts";
import { syncInForeground } from "./foreground-sync.ts";
import { linkAccount } from "./link-account.ts";
import { notingFailure } from "./note-failure.ts";
import type { RemoteAccount } from "./remote.ts";
import { withRemote } from "./sync-with.ts";

/**
 * Lets a database follow the account of a new login, and syncs it, so that the next command shows the tasks. Answers
 * null if it did not sync. A failure of the sync is only noted: the login is good.
 */
export async function syncAfterLogin(
  invocation: Invocation,
  account: RemoteAccount,
  isAgreed: boolean,
): Promise<Synced | null> {
  const { io } = invocation;
  const replica = await linkAccount(invocation, account, isAgreed);
  // TODO_TOKEN goes before the login, so a sync would not be that of the login.
  if (replica === null || io.env["TODO_TOKEN"] || findOwnSetting(io, "sync.auto") === "off") return null;
  const { server, user } = account;
  const { now } = io.system;
  try {
    return await syncInForeground(invocation, (report) =>
      withRemote(io, server, ({ peer }) =>
        notingFailure({ replica, now }, () => synchronize({ replica, peer, user, now, report })),
      ),
    );
  } catch (error) {
    const { message } = toTodoError(error, false);
    printNote(invocation, escapeControls(`Not synced yet: ${message}. Try again: todo sync`));
    return null;
  }
}
