import type { Command } from "commander";
import { NONE } from "../domain/keys.ts";
import { startSyncIfDue } from "./sync/start-if-due.ts";
import { escapeControls } from "../domain/escape.ts";
import { printNote } from "./output/print.ts";
import type { Io } from "./platform/io.ts";
import { createInvocation } from "./create-invocation.ts";
import type { CommonFlags, Invocation, ServerFlags } from "./invocation.ts";
import { givenTwice } from "../domain/quick-add/words.ts";
import { addGlobalOption, type GlobalOption } from "./global-options.ts";
import type { HelpFacts } from "./help/facts.ts";

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

type CommandOptions = HelpFacts & {
  readonly summary: string;
  readonly list?: boolean;
  readonly writes?: boolean;
  readonly without?: readonly GlobalOption[];
};

/**
 * A new command with the global options. `list` commands can print NDJSON too. `quiet` says what they print with -q. Those
 * that write tasks have a dry run. Options in `without` change nothing there: they are accepted, and not in the help.
 */
export function defineCommand(program: Command, name: string, options: CommandOptions): Command {
  const { summary, quiet, list = false, writes = false, without = [] } = options;
  const command = program.command(name).summary(summary);
  command.facts = options;
  if (writes) command.option("--dry-run", "show what would change, but change nothing");
  addGlobalOption(command, "json");
  if (list) addGlobalOption(command, "ndjson");
  const description = quiet ? `print only ${quiet}` : "print nothing but errors";
  addGlobalOption(command, "quiet", { description, isHidden: without.includes("quiet") });
  return addCommonOptions(command, without);
}

/** The options that may also stand before the command. */
export function addCommonOptions(command: Command, without: readonly GlobalOption[] = []): Command {
  for (const name of ["color", "noColor", "db"] as const) {
    addGlobalOption(command, name, { isHidden: without.includes(name) });
  }
  return command.helpOption("-h, --help", "show this help");
}

/** The context of a group's commands, whose flags may stand between the two words, too. */
export function inGroup(group: Command, context: CommandContext): CommandContext {
  return { ...context, start: (flags) => context.start({ ...group.opts<CommonFlags>(), ...flags }) };
}

/**
 * A command with the name of a thing: alone it lists, as its subcommand `list` does. `list` prints. Answers the command, and
 * the context of its subcommands. The first example is the command alone.
 */
export function defineNoun(
  program: Command,
  context: CommandContext,
  name: string,
  options: CommandOptions & { readonly listSummary?: string; readonly takesServer?: boolean },
  list: (invocation: Invocation, flags: ServerFlags) => Promise<void> | void,
): { readonly group: Command; readonly inner: CommandContext } {
  const group = defineCommand(program, name, options);
  const [alone = ""] = options.examples;
  const inner = inGroup(group, context);
  const listing = defineCommand(group, "list", {
    ...options,
    summary: options.listSummary ?? options.summary,
    examples: [`${alone} list`, `${alone} list --json`],
  });
  if (options.takesServer) for (const command of [group, listing]) command.option(...SERVER_OPTION);
  group.helpCommand(false).action((flags: ServerFlags) => list(context.start(flags), flags));
  // An option that both have is taken by the group, wherever it stands.
  listing.action((flags: ServerFlags) => list(inner.start(flags), { ...group.opts<ServerFlags>(), ...flags }));
  return { group, inner };
}

/** The argument of views, which narrows them. */
export const FILTER_ARGUMENT = ["[filter...]", "terms as in todo list; see todo help filters"] as const;

/** The argument before the filter in views of a time. It may be several words. */
export const PERIOD_ARGUMENT = [
  "[period]",
  "such as today, last month, 2026-11 or last 30 days; see todo help dates",
] as const;

/** The words of such an argument and of the filter behind it, together. */
export function joinWords(first: string | undefined, more: readonly string[]): readonly string[] {
  return first === undefined ? [] : [first, ...more];
}

/** The argument of commands on tasks. */
export const REFS_ARGUMENT = [
  "<ref...>",
  "handles or ids of tasks, or their beginnings; on a terminal also words of a title",
] as const;

/** What the help says of commands that take several tasks. */
export const ALL_OR_NONE = { paragraphs: ["If one of the tasks can't be changed, none of them is."] };

/** The option of commands whose text may be long. */
export const NO_PAGER_OPTION = ["--no-pager", "print without a pager"] as const;

/** The option of commands that list tasks. */
export const NO_CONTEXT_OPTION = ["--no-context", "list tasks outside of your context, too"] as const;

/** The option that names a server, for commands that have no argument for it. */
export const SERVER_OPTION = ["--server <url>", "the server; default: the one you logged in to"] as const;

/** The option that names this device, for commands that open a session. */
export const NAME_OPTION = [
  "--name <name>",
  "a name for this device, for todo sessions; default: its host name",
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
