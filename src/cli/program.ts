import { Command } from "commander";
import { registerAdd } from "./commands/add.ts";
import { registerCancel } from "./commands/cancel.ts";
import { registerComplete } from "./commands/complete.ts";
import { registerCompleted } from "./commands/completed.ts";
import { registerDone } from "./commands/done.ts";
import { registerEdit } from "./commands/edit.ts";
import { registerList } from "./commands/list.ts";
import { registerLog } from "./commands/log.ts";
import { registerNote } from "./commands/note.ts";
import { registerOverview } from "./commands/overview.ts";
import { registerProjects } from "./commands/projects.ts";
import { registerRedo } from "./commands/redo.ts";
import { registerReopen } from "./commands/reopen.ts";
import { registerRestore } from "./commands/restore.ts";
import { registerRm } from "./commands/rm.ts";
import { registerDetach } from "./commands/detach.ts";
import { registerSkip } from "./commands/skip.ts";
import { registerShow } from "./commands/show.ts";
import { registerStart } from "./commands/start.ts";
import { registerStop } from "./commands/stop.ts";
import { registerTags } from "./commands/tags.ts";
import { registerToday } from "./commands/today.ts";
import { registerUndo } from "./commands/undo.ts";
import { registerUpcoming } from "./commands/upcoming.ts";
import type { CommandGroups, Register } from "./command-groups.ts";
import { addCommonOptions, createCommandContext } from "./context.ts";
import { OVERVIEW } from "./input/command-line.ts";
import type { Io } from "./platform/io.ts";

/** The commands of every day by name in their groups, in the order in which the help shows them. */
const EVERYDAY: CommandGroups = {
  Tasks: {
    add: registerAdd,
    show: registerShow,
    edit: registerEdit,
    done: registerDone,
    cancel: registerCancel,
    skip: registerSkip,
    detach: registerDetach,
    reopen: registerReopen,
    start: registerStart,
    stop: registerStop,
    note: registerNote,
    rm: registerRm,
    restore: registerRestore,
    undo: registerUndo,
    redo: registerRedo,
  },
  Views: {
    list: registerList,
    today: registerToday,
    upcoming: registerUpcoming,
    completed: registerCompleted,
    log: registerLog,
    tags: registerTags,
    projects: registerProjects,
  },
};

/** Commands that the help does not show. */
const HIDDEN: CommandGroups = { Hidden: { [OVERVIEW]: registerOverview, __complete: registerComplete } };

const ALIASES = new Map([["ls", "list"]]);

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
  const everyday = findCommand({ ...EVERYDAY, ...HIDDEN }, first);
  if (everyday) {
    add(everyday);
    return program;
  }
  const { OTHER_COMMANDS } = await import("./other-commands.ts");
  const other = findCommand(OTHER_COMMANDS, first);
  if (other) add(other);
  else addAll(program, [EVERYDAY, OTHER_COMMANDS], add);
  return program;
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
  for (const [heading, group] of groups.flatMap((each) => Object.entries(each))) {
    program.commandsGroup(heading);
    for (const register of Object.values(group)) add(register);
  }
  for (const register of Object.values(HIDDEN).flatMap(Object.values<Register>)) add(register);
}
