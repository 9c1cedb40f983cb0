import type { Command } from "commander";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import { registerDbMigrate } from "./db/migrate.ts";
import { registerDbStatus } from "./db/status.ts";

/** The commands for the operator of a database on a server. Their flags may stand between the two words, too. */
export function registerDb(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "db", {
    summary: "set up and check a PostgreSQL database",
    examples: ["todo db status", "todo db migrate --create-role"],
  }).helpCommand(false);
  const inner = inGroup(group, context);
  for (const register of [registerDbMigrate, registerDbStatus]) register(group, inner);
}
