import type { Command } from "commander";
import { type CommandContext, defineCommand, inGroup, SERVER_OPTION } from "../context.ts";
import type { ServerFlags } from "../invocation.ts";
import { registerTokenCreate } from "./token/create.ts";
import { registerTokenList, tokenList } from "./token/list.ts";
import { registerTokenRevoke } from "./token/revoke.ts";

/** `todo token` lists the personal tokens, as its subcommand `list` does. */
export function registerToken(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "token", {
    quiet: "ids",
    summary: "list the personal tokens that programs have, or make and end them",
    examples: ["todo token", "todo token create backup --read-only", "todo token revoke backup"],
  })
    .option(...SERVER_OPTION)
    .helpCommand(false)
    .action((flags: ServerFlags) => tokenList(context.start(flags), flags.server));
  const inner = inGroup(group, context);
  for (const register of [registerTokenCreate, registerTokenList, registerTokenRevoke]) register(group, inner);
}
