import type { Command } from "commander";
import { formatCompletion } from "../completion/candidates.ts";
import { listCompletions } from "../completion/completions.ts";
import type { Context } from "../context.ts";
import { createLiveData } from "../completion/live-data.ts";

/** The hidden command that the scripts of `todo completion` call. `createWhole` makes a program with all commands. */
export function registerComplete(program: Command, context: Context, createWhole: () => Command): void {
  program.command("__complete", { hidden: true }).action(() => complete(context, createWhole()));
}

/** Prints what may stand in the place of the last of the words behind `--`. */
export async function complete(context: Context, program: Command): Promise<void> {
  const { io, literal } = context;
  const live = (db: string | undefined) => createLiveData(context, db);
  const completion = await listCompletions({ program, words: literal, live, around: io.around });
  io.out.write(formatCompletion(completion));
}
