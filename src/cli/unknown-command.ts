import type { Command } from "commander";
import { TodoError } from "../domain/errors.ts";
import { hideSecrets } from "./output/hide-secrets.ts";

/**
 * Throws `usage` if the first word names no command, or the second none of a group. Beside --help Commander would show
 * other help, and a script would take that for success.
 */
export async function refuseUnknownCommand(program: Command, args: readonly string[]): Promise<void> {
  const [first = "", second = ""] = args;
  if (!isWord(first)) return;
  const command = findCommand(program, first);
  if (command === undefined) throw unknownCommand(first, await adviseOn(first, listNames(program)), "todo --help");
  const isAsked = args.includes("--help") || args.includes("-h");
  const takesWords = !isAsked && command.registeredArguments.length > 0;
  if (takesWords || command.commands.length === 0 || !isWord(second) || findCommand(command, second)) return;
  throw unknownCommand(second, await suggestWord(second, listNames(command)), `todo ${command.name()} --help`);
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

async function adviseOn(word: string, known: readonly string[]): Promise<string[]> {
  // A filter may be spelled like a command, which is not what was meant.
  if (/^\+|:/.test(word)) return [`A filter goes behind list: todo list ${hideSecrets(word)}`];
  const { suggestForName } = await import("./input/names-elsewhere.ts");
  const suggested = suggestForName(word);
  return suggested.length === 0 ? suggestWord(word, known) : suggested;
}

async function suggestWord(word: string, known: readonly string[]): Promise<string[]> {
  return (await import("../domain/nearest.ts")).suggestNearest(word, known);
}

/** The error for a word that is no command. `see` is where the known ones are. */
export function unknownCommand(word: string, hints: readonly string[], see: string): TodoError {
  return new TodoError("usage", hideSecrets(`unknown command '${word}'`), { hints: [...hints, `See: ${see}`] });
}
