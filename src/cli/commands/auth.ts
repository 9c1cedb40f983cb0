import type { Command } from "commander";
import { type Context, defineCommand } from "../context.ts";
import type { CommonFlags } from "../session.ts";
import { registerAuthStatus } from "./auth-status.ts";
import { registerAuthToken } from "./auth-token.ts";

/** The commands that show the login on a server. Their flags may stand between the two words, too. */
export function registerAuth(program: Command, context: Context): void {
  const group = defineCommand(program, "auth", {
    summary: "show the login on a server",
    examples: [
      "todo auth status",
      'curl -H "Authorization: Bearer $(todo auth token)" https://todo.example.com/api/tasks',
    ],
  }).helpCommand(false);
  const start: Context["start"] = (flags) => context.start({ ...group.opts<CommonFlags>(), ...flags });
  for (const register of [registerAuthStatus, registerAuthToken]) register(group, { ...context, start });
}
