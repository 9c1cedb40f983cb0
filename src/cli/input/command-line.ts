import type { Command } from "commander";

/** A command line: the arguments with the command first, and the words after `--`. */
export type CommandLine = { readonly args: readonly string[]; readonly literal: readonly string[] };

/** The flags of all commands. The program itself knows only some of them. */
const COMMON_FLAG = /^(--json|--ndjson|--quiet|-q|--no-color|--no-pager|--no-context|--(color|db)(=.*)?)$/s;

/** Those whose value is the next argument. */
const TAKE_VALUE = new Set(["--color", "--db"]);

/** The commands that take words, for which everything after `--` is text. For the others these are ordinary arguments. */
export const TAKE_TEXT: ReadonlySet<string> = new Set([
  "add",
  "list",
  "ls",
  "today",
  "next",
  "agenda",
  "calendar",
  "cal",
  "upcoming",
  "tree",
  "completed",
  "stats",
  "reminders",
  "filter",
  "edit",
  "note",
  "__complete",
]);

/** The name of the command that `todo` alone means, with common flags or without any. */
export const OVERVIEW = "__overview";

/** Reads the arguments of the process. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const end = argv.indexOf("--");
  if (end === -1) return { args: putCommandFirst(isAlone(argv) ? [OVERVIEW, ...argv] : argv), literal: [] };
  return { args: putCommandFirst(argv.slice(0, end)), literal: argv.slice(end + 1) };
}

/** The arguments for Commander. Options alone are those of a list. */
export function toCommanderArgs(program: Command, { args, literal }: CommandLine): string[] {
  const asked = ["-h", "--help", "-V", "--version"].some((flag) => args.includes(flag));
  if (!asked && program.parseOptions([...args]).operands.length === 0) return ["list", ...args];
  const [name = ""] = args;
  return literal.length === 0 || TAKE_TEXT.has(name) ? [...args] : [...args, "--", ...literal];
}

function isAlone(args: readonly string[]): boolean {
  return skipCommonFlags(args) >= args.length;
}

function skipCommonFlags(args: readonly string[]): number {
  let at = 0;
  while (COMMON_FLAG.test(args[at] ?? "")) at += TAKE_VALUE.has(args[at] ?? "") ? 2 : 1;
  return at;
}

/** Moves a command in front of the common flags before it. */
function putCommandFirst(args: readonly string[]): readonly string[] {
  const at = skipCommonFlags(args);
  const command = args[at];
  if (command === undefined || command.startsWith("-")) return args;
  return [command, ...args.slice(0, at), ...args.slice(at + 1)];
}
