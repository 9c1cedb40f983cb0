import type { Agenda, AgendaItem } from "../../domain/agenda/agenda.ts";
import { isDay } from "../../domain/dates/due-date.ts";
import type { System } from "../../ports/system.ts";
import { formatDue, formatDueBriefly, formatTime } from "../../domain/dates/format-date.ts";
import { createTable, type Entry, formatList } from "./list-lines.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import { printChunks } from "./print.ts";

const LABELS = { overdue: "overdue", due: "", planned: "planned", to_come: "to come" } as const;

/** Prints the items of an agenda: under their days for a person, and each with its day in a pipe. */
export async function printAgenda(
  output: TaskOutput,
  agenda: Agenda,
  look: { readonly usePager: boolean },
): Promise<void> {
  const isRead = isForReading(output);
  const { system } = output.io;
  const days = agenda.days.map(({ day, items }) => {
    const name = formatDue(day, system);
    const heading = day === system.today() ? `${name}  today` : name;
    return items.map((item) => {
      const label = describePlace(item, system);
      return {
        ...toEntry(item, system, isRead),
        ...(isRead ? { heading, when: label } : { when: join([name, label]) }),
      };
    });
  });
  const format = () => formatList(output, days, createTable(output));
  return isRead ? (await import("./pager.ts")).printPaged(output, format, look) : printChunks(output, format());
}

/** The time, and why it stands under the day: `17:00`, `planned`, `09:00 to come`. */
function describePlace({ kind, date }: AgendaItem, system: System): string {
  const time = kind === "overdue" || isDay(date) ? "" : formatTime(date, system);
  return join([time, LABELS[kind]]);
}

/** Of an occurrence to come the task itself has another date. What is due on another day says so: in few columns where that helps. */
function toEntry({ kind, task, date }: AgendaItem, system: System, isBrief: boolean): Entry {
  if (kind === "to_come") return { task: { ...task, dueDate: date } };
  if (kind === "due" || task.dueDate === null) return { task };
  return { task, note: `due ${(isBrief ? formatDueBriefly : formatDue)(task.dueDate, system)}` };
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}
