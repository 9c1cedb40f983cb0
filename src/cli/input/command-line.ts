import type { Command } from "commander";

/** A command line: the arguments with the command first, and the words after `--`. */
export type CommandLine = { readonly args: readonly string[]; readonly literal: readonly string[] };

/** The flags of all commands. The program itself knows only some of them. */
const COMMON_FLAG = /^(--json|--ndjson|--quiet|-q|--no-color|--no-pager|--(color|db)(=.*)?)$/s;

/** Those whose value is the next argument. */
const TAKE_VALUE = new Set(["--color", "--db"]);

/** The commands for which everything after `--` is text. For the others these are ordinary arguments. */
const TAKE_TEXT = new Set(["add", "list", "ls", "today", "upcoming", "completed", "edit", "__complete"]);

/** Reads the arguments of the process. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const end = argv.indexOf("--");
  if (end === -1) return { args: putCommandFirst(argv), literal: [] };
  return { args: putCommandFirst(argv.slice(0, end)), literal: argv.slice(end + 1) };
}

/** The arguments for Commander. `todo` alone lists. */
export function toCommanderArgs(program: Command, { args, literal }: CommandLine): string[] {
  const asked = ["-h", "--help", "-V", "--version"].some((flag) => args.includes(flag));
  if (!asked && program.parseOptions([...args]).operands.length === 0) return ["list", ...args];
  const [name = ""] = args;
  return literal.length === 0 || TAKE_TEXT.has(name) ? [...args] : [...args, "--", ...literal];
}

/** Moves a command in front of the common flags before it. */
function putCommandFirst(args: readonly string[]): readonly string[] {
  let at = 0;
  while (COMMON_FLAG.test(args[at] ?? "")) at += TAKE_VALUE.has(args[at] ?? "") ? 2 : 1;
  const command = args[at];
  if (command === undefined || command.startsWith("-")) return args;
  return [command, ...args.slice(0, at), ...args.slice(at + 1)];
}
