import type { Command } from "commander";
import { formatCompletion } from "../completion/candidates.ts";
import { listCompletions } from "../completion/completions.ts";
import type { CommandContext } from "../context.ts";
import { createLiveData } from "../completion/live-data.ts";

/** The hidden command that the scripts of `todo completion` call. `createFullProgram` makes a program with all commands. */
export function registerComplete(
  program: Command,
  context: CommandContext,
  createFullProgram: () => Promise<Command>,
): void {
  program.command("__complete", { hidden: true }).action(async () => complete(context, await createFullProgram()));
}

/** Prints the candidates for the last of the words after `--`. */
export async function complete(context: CommandContext, program: Command): Promise<void> {
  const { io, literal, start } = context;
  const open = (path: string) => start({ db: path }).workspace();
  const live = (db: string | undefined) => createLiveData({ io, open }, db);
  const completion = await listCompletions({ program, words: literal, live, system: io.system });
  io.out.write(formatCompletion(completion));
}
