import type { Command } from "commander";
import { restoreTasks } from "../../services/tasks/tasks.ts";
import { type Context, defineCommand } from "../context.ts";
import { printOutcome } from "../output/outcome.ts";
import { resolveRefs } from "../../services/tasks/refs.ts";
import type { CommonFlags, Session } from "../session.ts";

export function registerRestore(program: Command, context: Context): void {
  defineCommand(program, "restore", {
    summary: "take the deletion of tasks back, all or none",
    examples: ["todo restore kqv", "todo restore kqv bqz"],
    list: true,
  })
    .argument("<ref...>", "handles or UUIDs, or their beginnings")
    .action((refs: string[], flags: CommonFlags) => restore(context.start(flags), refs));
}

/** Takes deletions back. */
export async function restore(session: Session, refs: readonly string[]): Promise<void> {
  const workspace = await session.workspace();
  const outcome = await restoreTasks(workspace, await resolveRefs(workspace, refs));
  return printOutcome(session, outcome, { verb: "Restored", already: "is not deleted" });
}
