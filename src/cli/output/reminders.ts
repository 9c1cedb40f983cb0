import type { Task } from "../../domain/task/task.ts";
import type { System } from "../../ports/system.ts";
import type { Reminder } from "../../services/tasks/list-reminders.ts";
import { formatDue, formatDueBriefly, formatMoment } from "../../domain/dates/format-date.ts";
import type { Entry } from "./list-lines.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import { placeUnderDay, type Sections } from "./sections.ts";
import { type ListLook, printView } from "./view.ts";

/** Prints each reminder as a row of its own: under its day for a person. With -q each task is named once. */
export async function printReminders(output: TaskOutput, found: readonly Reminder[], look: ListLook): Promise<void> {
  // One task may have several.
  const byTask = new Map(found.map((reminder) => [{ ...reminder.task }, reminder]));
  const tasks = [...byTask.keys()];
  const shown = output.format === "quiet" ? [...new Map(tasks.map((task) => [task.id, task])).values()] : tasks;
  const momentOf = (task: Task) => byTask.get(task)?.at ?? "";
  const isRead = isForReading(output);
  const sections: Sections = async function* (pages) {
    for await (const page of pages) yield page.map((task) => toEntry(task, momentOf(task), output.io.system, isRead));
  };
  await printView(
    output,
    () => [shown],
    look,
    sections,
    (task) => ({
      reminder: byTask.get(task)?.trigger ?? "",
      remind_at: momentOf(task),
    }),
  );
}

function toEntry(task: Task, at: string, system: System, isRead: boolean): Entry {
  const due = task.dueDate === null ? "" : `due ${(isRead ? formatDueBriefly : formatDue)(task.dueDate, system)}`;
  const place = isRead ? placeUnderDay(at, system) : { when: formatMoment(at, system) };
  return { task, note: due, ...place };
}
