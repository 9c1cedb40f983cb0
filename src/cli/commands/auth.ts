import type { Command } from "commander";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import { registerAuthLog } from "./auth/log.ts";
import { registerAuthStatus } from "./auth/status.ts";
import { registerAuthToken } from "./auth/token.ts";

/** The commands that show the login on a server. Their flags may stand between the two words, too. */
export function registerAuth(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "auth", {
    summary: "show your login and what happened to your account",
    examples: [
      "todo auth status",
      "todo auth log",
      'curl -H "Authorization: Bearer $(todo auth token)" https://todo.example.com/api/tasks',
    ],
  }).helpCommand(false);
  const inner = inGroup(group, context);
  for (const register of [registerAuthStatus, registerAuthLog, registerAuthToken]) register(group, inner);
}
