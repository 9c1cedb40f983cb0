import type { Command } from "commander";
import { type CommandContext, defineNoun } from "../context.ts";
import { registerTokenCreate } from "./token/create.ts";
import { tokenList } from "./token/list.ts";
import { registerTokenRevoke } from "./token/revoke.ts";

export function registerToken(program: Command, context: CommandContext): void {
  const options = {
    quiet: "ids",
    summary: "list your personal tokens, which are for programs",
    examples: ["todo token", "todo token create backup --read-only", "todo token revoke backup"],
    takesServer: true,
  };
  const { group, inner } = defineNoun(program, context, "token", options, tokenList);
  for (const register of [registerTokenCreate, registerTokenRevoke]) register(group, inner);
}
