import type { Command } from "commander";
import { hasCode, type TodoError, withHint } from "../../domain/errors.ts";
import { PROTOCOL } from "../../ports/sync.ts";
import type { Synced } from "../../services/sync/synchronize.ts";
import { countTasks } from "../../services/tasks/list-tasks.ts";
import { LOCAL_USER } from "../../services/workspace.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { escapeControls } from "../../domain/escape.ts";
import { printNote } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { requireFile } from "../config/resolve-database-url.ts";
import { resolveRemote } from "../config/resolve-remote.ts";

type SyncFlags = {
  readonly status?: boolean;
  readonly watch?: boolean;
  readonly yes?: boolean;
  readonly background?: boolean;
};

export function registerSync(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "sync", {
    summary: "send your changes, and get those of your other devices",
    examples: ["todo sync", "todo sync --status"],
  });
  command
    .argument("[remote]", "a server or a postgres:// URL; default: the one this database follows")
    .option("--status", "show which account this database follows, and what is unsent")
    .option("--watch", "keep syncing whenever something changes, until Ctrl-C")
    .option("--yes", "upload the tasks on this device without asking, the first time")
    .addOption(command.createOption("--background", "what commands start by themselves").hideHelp())
    .action((remote: string | undefined, flags: CommonFlags & SyncFlags) => sync(context.start(flags), flags, remote));
}

/** Syncs with the server that the database follows, or with the one of the login. Throws `unavailable` if it is away. */
export async function sync(invocation: Invocation, flags: SyncFlags, given?: string): Promise<void> {
  if (flags.background) return (await import("../sync/background-sync.ts")).syncInBackground(invocation);
  const file = requireFile(invocation, "sync", "A database on a server is the same for all who use it.");
  const replica = (await file.open()).openReplica(LOCAL_USER);
  if (flags.status) return (await import("../sync/status.ts")).printStatus(invocation, replica);
  const { server, url } = await resolveRemote(invocation.io, replica, given);
  const { syncWith, watchWith } = await import("../sync/sync-with.ts");
  const { openSyncLine, printSynced, syncInForeground } = await import("../sync/foreground-sync.ts");
  const place = { server, replica };
  const workspace = await invocation.workspace();
  const order = { url, replica, isAgreed: flags.yes ?? false, count: () => countTasks(workspace, []) };
  if (flags.watch) {
    const line = openSyncLine(invocation);
    const onSynced = async (synced: Synced) => {
      line.end();
      if (Object.values(synced).some((count) => count > 0)) await printSynced(invocation, place, synced);
    };
    const onFailure = ({ message }: TodoError) => printNote(invocation, escapeControls(message));
    return watchWith(invocation, { ...order, report: line.report }, { onSynced, onFailure }).catch(refuse);
  }
  const synced = await syncInForeground(invocation, (report) => syncWith(invocation, { ...order, report })).catch(
    refuse,
  );
  await printSynced(invocation, place, synced);
}

/** Throws the failure with a hint what to do about it. */
function refuse(error: unknown): never {
  if (hasCode(error, "unsupported_protocol")) throw adviseUpdate(error);
  if (!hasCode(error, "account_mismatch")) throw error;
  throw withHint(error, "Log in as the account that it follows, or give another file with --db or TODO_DB.");
}

function adviseUpdate(error: TodoError): TodoError {
  const hint = `This program speaks ${PROTOCOL}. Update the older of the two.`;
  return withHint(withHint(error, hint), "Until then you can work offline, and nothing is lost.");
}
