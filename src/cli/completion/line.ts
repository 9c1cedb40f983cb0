import type { Command, Option } from "commander";

/** A command line up to the word that is being completed. */
export type Line = {
  readonly program: Command;
  /** The program or a group if no command is named yet, undefined if the name is unknown. */
  readonly command: Command | undefined;
  /** The arguments of the command so far, without its options. */
  readonly operands: readonly string[];
  /** The option whose value the last word is. */
  readonly awaiting: Option | undefined;
  /** The value of `--db`. */
  readonly db: string | undefined;
  /** True after `--`, where every word is text. */
  readonly literal: boolean;
  /** The word that is being completed. */
  readonly word: string;
};

/** Reads the words after the program's name. Never throws: an unfinished line may be wrong. */
export function readLine(program: Command, words: readonly string[]): Line {
  const word = words.at(-1) ?? "";
  return words.slice(0, -1).reduce(readWord, {
    program,
    command: program,
    operands: [],
    awaiting: undefined,
    db: undefined,
    literal: false,
    word,
  });
}

/** The option that a word such as `--sort` or `--sort=title` names. */
export function findOption(command: Command | undefined, word: string): Option | undefined {
  const [name] = word.split("=", 1);
  return command?.options.find(({ long, short }) => long === name || short === name);
}

/** True for a command that has subcommands. */
export function isGroup(command: Command): boolean {
  return command.commands.length > 0;
}

function readWord(line: Line, word: string): Line {
  const { command, awaiting } = line;
  if (line.literal) return line;
  if (awaiting) return { ...line, awaiting: undefined, ...(awaiting.long === "--db" && { db: word }) };
  if (word === "--") return { ...line, literal: true };
  if (word.startsWith("-") && word !== "-") return readOption(line, word);
  if (command && isGroup(command)) return { ...line, command: findCommand(command, word) };
  return { ...line, operands: [...line.operands, word] };
}

function readOption(line: Line, word: string): Line {
  const option = findOption(line.command, word);
  if (!option?.required) return line;
  const value = word.includes("=") ? word.slice(word.indexOf("=") + 1) : undefined;
  if (value === undefined) return { ...line, awaiting: option };
  return option.long === "--db" ? { ...line, db: value } : line;
}

function findCommand(group: Command, word: string): Command | undefined {
  const commands = group.createHelp().visibleCommands(group);
  return commands.find((command) => command.name() === word || command.aliases().includes(word));
}
