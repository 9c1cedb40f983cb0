import { countOpen } from "../../services/tasks/tasks.ts";
import { escapeControls } from "./escape.ts";
import { printNote, printText } from "./print.ts";
import type { Session } from "../session.ts";

/** Prints the names of tags or projects with how many open tasks have them. */
export async function printTallies(session: Session, kind: "tags" | "projects", none: string): Promise<void> {
  const tallies = await countOpen(await session.workspace(), kind);
  if (session.format === "json") return printText(session, JSON.stringify(tallies));
  if (tallies.length === 0) return printNote(session, none);
  const width = Math.max(...tallies.map(({ count }) => String(count).length));
  const lines = tallies.map((tally) => {
    if (session.format === "ndjson") return JSON.stringify(tally);
    const name = escapeControls(tally.name);
    return session.format === "quiet" ? name : `${String(tally.count).padStart(width)}  ${name}`;
  });
  return printText(session, lines.join("\n"));
}
