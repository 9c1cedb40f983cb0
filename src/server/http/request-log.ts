import type { EventLine } from "../../services/accounts/event-log.ts";
import type { LogEntry } from "../request-context.ts";

type Line = LogEntry | EventLine;

/** What terminals and programs that read lines could take for more than text, or for the end of a line. */
const NOT_ASCII = /[^\n -~]/g;

/**
 * Writes entries as lines of JSON in ASCII, with the time. Entries of one turn of the event loop share one write: a write for
 * each request would cost a tenth of the throughput.
 */
export function createRequestLog(write: (text: string) => void, now: () => number): (entry: Line) => void {
  let entries: Line[] = [];
  const flush = () => {
    const at = JSON.stringify({ at: new Date(now()) }).slice(0, -1);
    const lines = entries.map((entry) => `${at},${JSON.stringify(entry).slice(1)}\n`).join("");
    write(lines.replace(NOT_ASCII, escapeUnit));
    entries = [];
  };
  return (entry) => {
    if (entries.push(entry) === 1) setImmediate(flush);
  };
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
