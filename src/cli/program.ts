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

const HELP_WIDTH = 80;

/** The commands by name, in the order in which the help shows them. */
const REGISTRATIONS = new Map<string, (program: Command, context: CommandContext) => void>([
  ["add", registerAdd],
  ["list", registerList],
  ["today", registerToday],
  ["upcoming", registerUpcoming],
  ["completed", registerCompleted],
  ["show", registerShow],
  ["edit", registerEdit],
  ["done", registerDone],
  ["reopen", registerReopen],
  ["rm", registerRm],
  ["restore", registerRestore],
  ["undo", registerUndo],
  ["redo", registerRedo],
  ["log", registerLog],
  ["tags", registerTags],
  ["projects", registerProjects],
  ["export", registerExport],
  ["import", registerImport],
  ["backup", registerBackup],
  ["serve", registerServe],
  ["token", registerToken],
  ["signup", registerSignup],
  ["login", registerLogin],
  ["logout", registerLogout],
  ["whoami", registerWhoami],
  ["sync", registerSync],
  ["auth", registerAuth],
  ["sessions", registerSessions],
  ["password", registerPassword],
  ["admin", registerAdmin],
  ["config", registerConfig],
  ["db", registerDb],
  ["doctor", registerDoctor],
  ["info", registerInfo],
  ["completion", registerCompletion],
  [OVERVIEW, registerOverview],
  [
    "__complete",
    (program, context) => registerComplete(program, context, () => createProgram(context.io, [], undefined)),
  ],
]);

const EXAMPLES = `Examples:
  todo add Pay rent due:friday +home
  todo
  todo done kqv
  todo undo
`;

/**
 * The command line. Nothing is read or opened before a command runs. If the first argument names a command, only that
 * one is built: all of them cost a millisecond and a half.
 */
export function createProgram(io: Io, literal: readonly string[], first: string | undefined): Command {
  const program = new Command("todo");
  program
    .description("Tasks in the terminal, in a file of your own")
    .version(io.version, "-V, --version", "print the version")
    .addHelpText("before", EXAMPLES)
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      // Errors are thrown, and printed in one place.
      writeErr: () => undefined,
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addCommonOptions(program);
  const context = createCommandContext(program, io, literal);
  const named = REGISTRATIONS.get(first ?? "");
  for (const register of named ? [named] : REGISTRATIONS.values()) register(program, context);
  return program;
}
