import type { Command } from "commander";
import { NONE } from "../domain/keys.ts";
import { startSyncIfDue } from "./sync/start-if-due.ts";
import { escapeControls } from "./output/escape.ts";
import { printNote } from "./output/print.ts";
import type { Io } from "./platform/io.ts";
import { createInvocation } from "./create-invocation.ts";
import type { CommonFlags, Invocation } from "./invocation.ts";
import { givenTwice } from "./input/words.ts";
import { COLOUR_CHOICES } from "./output/paint.ts";

/** The context in which commands are registered. */
export type CommandContext = {
  readonly io: Io;
  /** The words after `--`. */
  readonly literal: readonly string[];
  /** Starts one run, with the flags before and after the command's name. */
  readonly start: (flags: CommonFlags) => Invocation;
};

export function createCommandContext(program: Command, io: Io, literal: readonly string[]): CommandContext {
  let invocation: Invocation | undefined;
  program.hook("postAction", async (_, command) => {
    if (!invocation) return;
    const problem = io.zoneProblem();
    if (problem !== undefined) printNote(invocation, escapeControls(problem));
    await startSyncIfDue(invocation, command.name());
  });
  return {
    io,
    literal,
    start: (flags) => {
      invocation = createInvocation(io, { ...program.opts<CommonFlags>(), ...flags }, literal);
      return invocation;
    },
  };
}

/**
 * A new command with the common flags. `list` commands can print NDJSON too. `quiet` describes the output with -q. Those
 * that write tasks have a dry run.
 */
export function defineCommand(
  program: Command,
  name: string,
  options: {
    readonly summary: string;
    readonly examples: readonly string[];
    readonly list?: boolean;
    readonly quiet?: string;
    readonly writes?: boolean;
  },
): Command {
  const command = program.command(name).summary(options.summary).description(options.summary);
  command.addHelpText("before", `Examples:\n${options.examples.map((line) => `  ${line}\n`).join("")}`);
  if (options.writes) command.option("--dry-run", "show what would change, and write nothing");
  command.option("--json", "print JSON");
  if (options.list) command.option("--ndjson", "print JSON, one object a line");
  command.option("-q, --quiet", options.quiet ? `print only ${options.quiet}` : "print nothing but errors");
  return addCommonOptions(command);
}

/** The flags that may also stand before the command. */
export function addCommonOptions(command: Command): Command {
  return command
    .option("--color <when>", `use colours: ${COLOUR_CHOICES.join(", ")} (also NO_COLOR, FORCE_COLOR)`)
    .option("--no-color", "the same as --color=never")
    .option("--db <path>", "use this file or postgres:// URL (also TODO_DB)")
    .helpOption("-h, --help", "show this help");
}

/** The context of a group's commands, whose flags may stand between the two words, too. */
export function inGroup(group: Command, context: CommandContext): CommandContext {
  return { ...context, start: (flags) => context.start({ ...group.opts<CommonFlags>(), ...flags }) };
}

/** The argument of views, which narrows them. */
export const FILTER_ARGUMENT = ["[filter...]", "terms that narrow it, as in todo list"] as const;

/** The option of commands whose text may be long. */
export const NO_PAGER_OPTION = ["--no-pager", "print without a pager (also TODO_PAGER=off)"] as const;

/** The option that names a server, for commands that have no argument for it. */
export const SERVER_OPTION = ["--server <url>", "the server; default: that of the settings"] as const;

/** The option that names this device, for commands that open a session. */
export const NAME_OPTION = [
  "--name <name>",
  "what this device is called in todo sessions; default: its host name",
] as const;

/** For options that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** For options of fields: a second value would silently win. Commander also calls it for `--no-due`, without a value. */
export function once(name: string) {
  return (value: string, earlier?: string | false): string => {
    if (earlier !== undefined) throw givenTwice(name, earlier || NONE, value || NONE);
    return value;
  };
}
