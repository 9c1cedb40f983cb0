import type { Command } from "commander";
import { type CommandContext, defineNoun } from "../context.ts";
import { sessionsList } from "./sessions/list.ts";
import { registerSessionsRevoke } from "./sessions/revoke.ts";

export function registerSessions(program: Command, context: CommandContext): void {
  const options = {
    quiet: "ids",
    summary: "list the devices that are logged in to your account",
    examples: ["todo sessions", "todo sessions revoke old-laptop"],
    takesServer: true,
  };
  const { group, inner } = defineNoun(program, context, "sessions", options, sessionsList);
  registerSessionsRevoke(group, inner);
}
