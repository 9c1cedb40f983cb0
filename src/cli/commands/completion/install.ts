import { basename, dirname } from "node:path";
import type { Command } from "commander";
import { TodoError } from "../../../domain/errors.ts";
import { findInstallPlace } from "../../completion/install-place.ts";
import { quoteForShell } from "../../output/quote-for-shell.ts";
import { requireShell, SCRIPTS, SHELLS } from "../../completion/scripts.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";

/** What every script of this program calls. */
const MARK = "todo __complete";

export function registerCompletionInstall(group: Command, context: CommandContext): void {
  defineCommand(group, "install", {
    summary: "put the script where your shell looks for it",
    without: ["db"],
    examples: ["todo completion install", "todo completion install fish"],
  })
    .argument("[shell]", `${SHELLS.join(", ")}; default: the one in $SHELL`)
    .action((shell: string | undefined, flags: CommonFlags) => completionInstall(context.start(flags), shell));
}

/**
 * Writes the script where the shell looks for it, and says what is left to do and how to undo it. Files that the shell
 * runs at its start are the user's own and stay as they are. Throws `usage`, `conflict` and `io_failed`.
 */
export function completionInstall(invocation: Invocation, name: string | undefined): void {
  const { io, format } = invocation;
  const shell = requireShell(name ?? findOwnShell(io.env["SHELL"]));
  const { path, step } = findInstallPlace(io.env, shell);
  io.makePrivateFolder(dirname(path));
  io.changeFile(path, (bytes) => {
    if (bytes && !Buffer.from(bytes).includes(MARK)) throw refuseForeign(path, shell);
    return SCRIPTS[shell];
  });
  const undo = `rm ${quoteForShell(path)}`;
  if (format === "json") return printJson(invocation, { shell, path, line: step?.line ?? null, undo });
  if (format !== "quiet") printText(invocation, escapeControls(`Installed completion for ${shell}: ${path}`));
  if (step) printNote(invocation, `${step.text}\n  ${escapeControls(step.line)}`);
  printNote(invocation, escapeControls(`To undo: ${undo}`));
}

function findOwnShell(path: string | undefined): string | undefined {
  return path ? basename(path) : undefined;
}

function refuseForeign(path: string, shell: string): TodoError {
  return new TodoError("conflict", `${path} is there already and is not of this program`, {
    hints: [`Move it away, or print the script: todo completion ${shell}`],
  });
}
