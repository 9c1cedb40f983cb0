import { isLoopback } from "../../../domain/loopback.ts";
import { formatTaskCount } from "../../../domain/task/text.ts";
import type { DatabaseFile } from "../../../ports/database.ts";
import { countTasks } from "../../../services/tasks/list-tasks.ts";
import { LOCAL_USER } from "../../../services/workspace.ts";
import { escapeControls, toJson } from "../../../domain/escape.ts";
import { printNote } from "../../output/print.ts";
import type { Invocation } from "../../invocation.ts";

/** Says that the database of a server is also somebody's own list, which accounts don't see. */
export async function noteOwnTasks(invocation: Invocation, { store, file }: DatabaseFile): Promise<void> {
  // A count of all may be long and runs in a process of its own, which most servers can do without.
  const { tasks } = await store.find(LOCAL_USER, { where: [], limit: 1 });
  if (tasks.length === 0) return;
  const count = await countTasks({ store, user: LOCAL_USER, system: invocation.io.system }, []);
  noteToOperator(invocation, `${file.path} has ${formatTaskCount(count)} of your own, which no account sees.`);
  noteToOperator(invocation, "Give a server for others a file of its own: todo serve --db server.db");
}

/** Says where the secret is that the server made for its accounts. */
export function noteKeptSecret(invocation: Invocation, path: string): void {
  noteToOperator(invocation, `Others can reach this server. The secret of its accounts is kept in ${path}`);
}

/**
 * Says that anybody who reaches the server can take its first account, and how its owner is faster. `url` is where the
 * server listens.
 */
export async function noteFirstAccount(
  invocation: Invocation,
  { accounts }: Pick<DatabaseFile, "accounts">,
  { host, url }: { readonly host: string; readonly url: string },
): Promise<void> {
  const { env } = invocation.io;
  // A file of variables with Windows line ends leaves a carriage return, which URLs are read without.
  const publicUrl = env["TODO_PUBLIC_URL"]?.trim();
  const isReached = !isLoopback(host) || Boolean(publicUrl);
  if (!isReached || (env["TODO_SIGNUP"] || "first") !== "first" || (await accounts.hadAccounts())) return;
  noteToOperator(
    invocation,
    "The first account goes to whoever asks first, and anybody who reaches this server can ask.",
  );
  noteToOperator(invocation, `Take it now: todo signup ${publicUrl || nameLocally(url)}`);
}

/** The address at which this machine reaches a server that listens on all of its addresses. */
function nameLocally(url: string): string {
  return url.replace(/^http:\/\/(?:0\.0\.0\.0|\[::\])(?=[:/]|$)/, "http://localhost");
}

/**
 * Prints a note on standard error, unless `--quiet` silences it. Where that is no terminal it is a log, whose lines are
 * all JSON.
 */
function noteToOperator(invocation: Invocation, text: string): void {
  const { err, system } = invocation.io;
  if (err.isTerminal()) return printNote(invocation, escapeControls(text));
  printNote(invocation, toJson({ at: new Date(system.now()).toISOString(), note: text }));
}
