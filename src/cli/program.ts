import { Command } from "commander";
import { registerAdd } from "./commands/add.ts";
import { registerDone } from "./commands/done.ts";
import { registerEdit } from "./commands/edit.ts";
import { registerList } from "./commands/list.ts";
import { registerOverview } from "./commands/overview.ts";
import { registerRm } from "./commands/rm.ts";
import { registerToday } from "./commands/today.ts";
import { registerUndo } from "./commands/undo.ts";
import type { CommandGroups, Register } from "./command-groups.ts";
import { addCommonOptions, createCommandContext } from "./context.ts";
import { OVERVIEW } from "./input/command-line.ts";
import type { Io } from "./platform/io.ts";

/** The group of the commands that the help does not show. */
const HIDDEN = "Hidden";

/** The commands of every day by name in their groups. All others load apart, so that these start faster. */
const EVERYDAY: CommandGroups = {
  Tasks: { add: registerAdd, edit: registerEdit, done: registerDone, rm: registerRm, undo: registerUndo },
  Views: { list: registerList, today: registerToday },
  [HIDDEN]: { [OVERVIEW]: registerOverview },
};

/** The commands that are about tasks, in the order in which the help shows them, wherever they are loaded from. */
const HELP_ORDER = [
  ..."add show edit done cancel skip detach reopen start stop note move rm restore undo redo".split(" "),
  ..."list today next agenda calendar upcoming completed stats reminders tree filter context log tags projects".split(
    " ",
  ),
];

const ALIASES = new Map([
  ["cal", "calendar"],
  ["ls", "list"],
]);

const EXAMPLES = [
  "todo add Pay rent due:friday +home",
  "todo            # lists your tasks",
  "todo done kqv   # kqv is its handle",
  "todo undo",
];

/**
 * The command line. Nothing is read or opened before a command runs. If the first argument names a command, only that
 * one is built, and what is not of every day is only loaded then. `onHelp` learns of which command somebody asks the help.
 */
export async function createProgram(
  io: Io,
  literal: readonly string[],
  first: string | undefined,
  onHelp: (command: Command) => void = () => undefined,
): Promise<Command> {
  const program = createEmptyProgram(io, onHelp);
  program.facts = { examples: EXAMPLES };
  addCommonOptions(program);
  const context = createCommandContext(program, io, literal);
  // A print of the version needs no command.
  if (first === "-V" || first === "--version") return program;
  const createFullProgram = () => createProgram(io, [], undefined);
  const add = (register: Register) => register(program, context, createFullProgram);
  const groups = [EVERYDAY];
  const loaders = [loadTaskCommands, loadOtherCommands];
  for (;;) {
    const found = findCommand(groups.at(-1) ?? {}, first);
    if (found) {
      add(found);
      return program;
    }
    const load = loaders.shift();
    if (!load) break;
    groups.push(await load());
  }
  addAll(program, groups, add);
  return program;
}

async function loadTaskCommands(): Promise<CommandGroups> {
  return (await import("./task-commands.ts")).TASK_COMMANDS;
}

async function loadOtherCommands(): Promise<CommandGroups> {
  return (await import("./other-commands.ts")).OTHER_COMMANDS;
}

function createEmptyProgram(io: Io, onHelp: (command: Command) => void): Command {
  return new Command("todo")
    .summary("tasks in the terminal, in a file of your own")
    .version(io.version, "-V, --version", "print the version")
    .helpCommand(false)
    .exitOverride()
    .configureHelp({
      // The help is written by what loads when somebody asks for it.
      formatHelp: (command) => {
        onHelp(command);
        return "";
      },
    })
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      // Errors are thrown, and printed in one place.
      writeErr: () => undefined,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

function findCommand(groups: CommandGroups, typed = ""): Register | undefined {
  const name = ALIASES.get(typed) ?? typed;
  return Object.values(groups).find((group) => Object.hasOwn(group, name))?.[name];
}

/** Commands of one heading stand together in the help, wherever they are loaded from. */
function addAll(program: Command, groups: readonly CommandGroups[], add: (register: Register) => void): void {
  const rows = groups.flatMap((each) =>
    Object.entries(each).flatMap(([heading, group]) =>
      Object.entries(group).map(([name, register]) => ({ heading, name, register })),
    ),
  );
  for (const [heading, group] of Map.groupBy(rows, (row) => row.heading)) {
    if (heading !== HIDDEN) program.commandsGroup(heading);
    for (const { register } of group.toSorted(compareInHelp)) add(register);
  }
}

function compareInHelp(one: { readonly name: string }, other: { readonly name: string }): number {
  return HELP_ORDER.indexOf(one.name) - HELP_ORDER.indexOf(other.name);
}
