import type { Command } from "commander";
import { type Context, defineCommand } from "../context.ts";
import { printJson, printText } from "../print.ts";
import type { CommonFlags, Session } from "../session.ts";

export function registerInfo(program: Command, context: Context): void {
  defineCommand(program, "info", {
    summary: "say where the data is and how much there is",
    examples: ["todo info", "todo info --json"],
  }).action((flags: CommonFlags) => info(context.start(flags)));
}

/** Prints where the database is, its size and its counts. `--quiet` prints only the path. */
export async function info(session: Session): Promise<void> {
  const file = await session.file();
  if (session.format === "quiet") return printText(session, file.path);
  const measures = file.measure();
  const { version } = session.io;
  if (session.format === "json") return printJson(session, { version, database: file.path, ...measures });
  const lines = [
    ["version", version],
    ["database", file.path],
    ["size", `${Math.ceil(measures.bytes / 1024)} KiB`],
    ["schema", measures.schema],
    ["device", measures.node],
    ["tasks", `${measures.pending} pending, ${measures.completed} completed, ${measures.deleted} deleted`],
    ["changes", String(measures.changes)],
  ];
  return printText(
    session,
    lines.map(([name, value]) => `${session.paint("dim", (name ?? "").padEnd(10))}${value}`).join("\n"),
  );
}
