import { countOpen } from "../../services/tasks/list-tasks.ts";
import { escapeControls, toJson } from "../../domain/escape.ts";
import { printJson, printNote, printText } from "./print.ts";
import type { TaskOutput } from "./output.ts";

/** Prints the names of tags or projects with their numbers of open tasks. */
export async function printTallies(output: TaskOutput, kind: "tags" | "projects", none: string): Promise<void> {
  const tallies = await countOpen(await output.workspace(), kind);
  if (output.format === "json") return printJson(output, tallies);
  if (tallies.length === 0) return printNote(output, none);
  const width = Math.max(...tallies.map(({ count }) => String(count).length));
  const lines = tallies.map((tally) => {
    if (output.format === "ndjson") return toJson(tally);
    const name = escapeControls(tally.name);
    return output.format === "quiet" ? name : `${String(tally.count).padStart(width)}  ${name}`;
  });
  return printText(output, lines.join("\n"));
}
