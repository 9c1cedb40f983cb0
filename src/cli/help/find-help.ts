import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { suggestNearest } from "../../domain/nearest.ts";
import { quoteShort } from "../../domain/task/text.ts";
import { unknownCommand } from "../unknown-command.ts";
import { suggestForName } from "../input/names-elsewhere.ts";
import { describeCommand, describeProgram, nameCommand } from "./describe-command.ts";
import type { Section } from "./sections.ts";
import { TOPICS } from "./topics.ts";

/** The help on a topic or a command with its subcommands, or on the program. Throws `usage` for other words. */
export async function findHelp(program: Command, words: readonly string[]): Promise<readonly Section[]> {
  const topic = words.length === 1 ? TOPICS.find(({ name }) => name === words[0]) : undefined;
  if (topic) return topic.load();
  return words.length === 0 ? describeProgram(program) : describeCommand(words.reduce(findCommand, program));
}

function findCommand(group: Command, word: string): Command {
  const commands = group.createHelp().visibleCommands(group);
  const found = commands.find((command) => command.name() === word || command.aliases().includes(word));
  if (found) return found;
  const names = commands.map((command) => command.name());
  if (group.parent) {
    throw unknownCommand(word, suggestNearest(word, names), `${nameCommand(group)} --help`);
  }
  const elsewhere = suggestForName(word);
  const suggested =
    elsewhere.length > 0 ? elsewhere : suggestNearest(word, [...names, ...TOPICS.map(({ name }) => name)]);
  throw new TodoError("usage", `there is no command or topic ${quoteShort(word)}`, {
    hints: [...suggested, "See: todo help"],
  });
}
