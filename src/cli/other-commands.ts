import type { CommandGroups } from "./command-groups.ts";
import { registerAdmin } from "./commands/admin.ts";
import { registerAuth } from "./commands/auth.ts";
import { registerBackup } from "./commands/backup.ts";
import { registerComplete } from "./commands/complete.ts";
import { registerCompletion } from "./commands/completion.ts";
import { registerConfig } from "./commands/config.ts";
import { registerDb } from "./commands/db.ts";
import { registerDoctor } from "./commands/doctor.ts";
import { registerExport } from "./commands/export.ts";
import { registerHelp } from "./commands/help.ts";
import { registerImport } from "./commands/import.ts";
import { registerInfo } from "./commands/info.ts";
import { registerLogin } from "./commands/login.ts";
import { registerLogout } from "./commands/logout.ts";
import { registerPassword } from "./commands/password.ts";
import { registerServe } from "./commands/serve.ts";
import { registerSessions } from "./commands/sessions.ts";
import { registerSignup } from "./commands/signup.ts";
import { registerSync } from "./commands/sync.ts";
import { registerToken } from "./commands/token.ts";
import { registerWeb } from "./commands/web.ts";
import { registerWhoami } from "./commands/whoami.ts";

/** The commands that are not of every day. They load apart, so that the others start faster. */
export const OTHER_COMMANDS: CommandGroups = {
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
    web: registerWeb,
    serve: registerServe,
    admin: registerAdmin,
    db: registerDb,
  },
  "This program": {
    info: registerInfo,
    doctor: registerDoctor,
    config: registerConfig,
    completion: registerCompletion,
    help: registerHelp,
  },
  Hidden: { __complete: registerComplete },
};
