import type { Command } from "commander";
import { TodoError } from "../domain/errors.ts";
import { hideSecrets } from "./output/hide-secrets.ts";

/**
 * Throws `usage` if the first word names no command, or a later one none of its group. Beside --help Commander would show
 * other help, and a script would take that for success.
 */
export async function refuseUnknownCommand(program: Command, args: readonly string[]): Promise<void> {
  const isAsked = args.includes("--help") || args.includes("-h");
  let group = program;
  for (const [depth, word] of args.entries()) {
    const takesWords = !isAsked && group.registeredArguments.length > 0;
    if (takesWords || group.commands.length === 0 || !isWord(word)) return;
    const command = findCommand(group, word);
    if (!command) {
      const names = listNames(group);
      const hints = await (depth === 0 ? adviseOn(word, args[1], names) : suggestWord(word, names));
      throw unknownCommand(word, hints, ["todo", ...args.slice(0, depth), "--help"].join(" "));
    }
    group = command;
  }
}

function isWord(argument: string): boolean {
  return argument !== "" && !argument.startsWith("-");
}

function findCommand(group: Command, name: string): Command | undefined {
  return group.commands.find((command) => command.name() === name || command.aliases().includes(name));
}

/** The names of commands without those that only help to type. */
function listNames(group: Command): string[] {
  return group.commands.map((command) => command.name()).filter((name) => !name.startsWith("__"));
}

async function adviseOn(word: string, next: string | undefined, known: readonly string[]): Promise<string[]> {
  // A filter may be spelled like a command, which is not what was meant.
  if (/^\+|:/.test(word)) return [`A filter goes behind list: todo list ${hideSecrets(word)}`];
  const { suggestForName } = await import("./input/names-elsewhere.ts");
  const suggested = suggestForName(word);
  const hints = suggested.length === 0 ? await suggestWord(word, known) : suggested;
  // Taskwarrior has the task before the command.
  if (hints.length > 0 || next === undefined || !known.includes(next)) return hints;
  return [`The command comes first: todo ${next} ${hideSecrets(word)}`];
}

async function suggestWord(word: string, known: readonly string[]): Promise<string[]> {
  return (await import("../domain/nearest.ts")).suggestNearest(word, known);
}

/** The error for a word that is no command. `see` is where the known ones are. */
export function unknownCommand(word: string, hints: readonly string[], see: string): TodoError {
  return new TodoError("usage", hideSecrets(`unknown command '${word}'`), { hints: [...hints, `See: ${see}`] });
}
