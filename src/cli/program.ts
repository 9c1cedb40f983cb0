import { Command } from "commander";
import { registerAdd } from "./commands/add.ts";
import { registerAdmin } from "./commands/admin.ts";
import { registerAuth } from "./commands/auth.ts";
import { registerBackup } from "./commands/backup.ts";
import { registerComplete } from "./commands/complete.ts";
import { registerCompleted } from "./commands/completed.ts";
import { registerCompletion } from "./commands/completion.ts";
import { registerConfig } from "./commands/config.ts";
import { registerDb } from "./commands/db.ts";
import { registerDoctor } from "./commands/doctor.ts";
import { registerDone } from "./commands/done.ts";
import { registerEdit } from "./commands/edit.ts";
import { registerExport } from "./commands/export.ts";
import { registerHelp } from "./commands/help.ts";
import { registerImport } from "./commands/import.ts";
import { registerInfo } from "./commands/info.ts";
import { registerList } from "./commands/list.ts";
import { registerLog } from "./commands/log.ts";
import { registerLogin } from "./commands/login.ts";
import { registerLogout } from "./commands/logout.ts";
import { registerOverview } from "./commands/overview.ts";
import { registerPassword } from "./commands/password.ts";
import { registerProjects } from "./commands/projects.ts";
import { registerRedo } from "./commands/redo.ts";
import { registerReopen } from "./commands/reopen.ts";
import { registerRestore } from "./commands/restore.ts";
import { registerRm } from "./commands/rm.ts";
import { registerServe } from "./commands/serve.ts";
import { registerSessions } from "./commands/sessions.ts";
import { registerShow } from "./commands/show.ts";
import { registerSignup } from "./commands/signup.ts";
import { registerSync } from "./commands/sync.ts";
import { registerTags } from "./commands/tags.ts";
import { registerToday } from "./commands/today.ts";
import { registerToken } from "./commands/token.ts";
import { registerUndo } from "./commands/undo.ts";
import { registerUpcoming } from "./commands/upcoming.ts";
import { registerWhoami } from "./commands/whoami.ts";
import { addCommonOptions, type CommandContext, createCommandContext } from "./context.ts";
import { OVERVIEW } from "./input/command-line.ts";
import type { Io } from "./platform/io.ts";

type Register = (program: Command, context: CommandContext) => void;

/** The commands by name in their groups, in the order in which the help shows them. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, Register>>>> = {
  Tasks: {
    add: registerAdd,
    show: registerShow,
    edit: registerEdit,
    done: registerDone,
    reopen: registerReopen,
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
  Data: {
    export: registerExport,
    import: registerImport,
    backup: registerBackup,
  },
  "Sync and account": {
    signup: registerSignup,
    login: registerLogin,
    logout: registerLogout,
    whoami: registerWhoami,
    sync: registerSync,
    auth: registerAuth,
    sessions: registerSessions,
    token: registerToken,
    password: registerPassword,
  },
  Server: {
    serve: registerServe,
    admin: registerAdmin,
    db: registerDb,
  },
  "This program": {
    info: registerInfo,
    doctor: registerDoctor,
    config: registerConfig,
    completion: registerCompletion,
    help: (program, context) => registerHelp(program, context, () => createFullProgram(context.io)),
    [OVERVIEW]: registerOverview,
    __complete: (program, context) => registerComplete(program, context, () => createFullProgram(context.io)),
  },
};

const EXAMPLES = [
  "todo add Pay rent due:friday +home",
  "todo            # lists your tasks",
  "todo done kqv   # kqv is its handle",
  "todo undo",
];

/**
 * The command line. Nothing is read or opened before a command runs. If the first argument names a command, only that
 * one is built: all of them cost a millisecond and a half. `onHelp` learns of which command somebody asks the help.
 */
export function createProgram(
  io: Io,
  literal: readonly string[],
  first: string | undefined,
  onHelp: (command: Command) => void = () => undefined,
): Command {
  const program = new Command("todo");
  program
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
  program.facts = { examples: EXAMPLES };
  addCommonOptions(program);
  const context = createCommandContext(program, io, literal);
  const named = Object.values(GROUPS).find((group) => Object.hasOwn(group, first ?? ""));
  if (named && first !== undefined) named[first]?.(program, context);
  else registerAll(program, context);
  return program;
}

/** The program with all commands, for what looks them up. */
function createFullProgram(io: Io): Command {
  return createProgram(io, [], undefined);
}

function registerAll(program: Command, context: CommandContext): void {
  for (const [heading, group] of Object.entries(GROUPS)) {
    program.commandsGroup(heading);
    for (const register of Object.values(group)) register(program, context);
  }
}
