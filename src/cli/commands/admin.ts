import type { Command } from "commander";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import { registerAdminDisable, registerAdminEnable } from "./admin/disable.ts";
import { registerAdminInvite } from "./admin/invite.ts";
import { registerAdminInvites } from "./admin/invites.ts";
import { registerAdminResetPassword } from "./admin/reset-password.ts";
import { registerAdminUsage } from "./admin/usage.ts";
import { registerAdminUsers } from "./admin/users.ts";

const REGISTRATIONS = [
  registerAdminInvite,
  registerAdminInvites,
  registerAdminUsers,
  registerAdminUsage,
  registerAdminDisable,
  registerAdminEnable,
  registerAdminResetPassword,
] as const;

const DELETED_ACCOUNTS =
  "A deleted account stays in your backups, and in the copies made before updates. todo doctor lists those copies.";

/** The commands for a server's operator, on its database. Their flags may stand between the two words, too. */
export function registerAdmin(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "admin", {
    summary: "manage the accounts of your own server",
    examples: ["todo admin invite", "todo admin users", "todo admin usage"],
    notes: [{ paragraphs: [DELETED_ACCOUNTS] }],
  }).helpCommand(false);
  const inner = inGroup(group, context);
  for (const register of REGISTRATIONS) register(group, inner);
}
