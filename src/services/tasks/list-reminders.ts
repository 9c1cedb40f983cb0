import { remindAt } from "../../domain/dates/reminder.ts";
import { type Condition, PENDING } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import { compareText } from "../../domain/task/text.ts";
import type { Workspace } from "../workspace.ts";
import { listPages } from "./list-tasks.ts";

/** A reminder of a task: its trigger as it is stored, and the moment at which it falls due. */
export type Reminder = { readonly task: Task; readonly trigger: string; readonly at: string };

/** From a moment (included) to another (not included), both in UTC to the second. */
export type Span = { readonly from: string; readonly before: string };

const HAS_REMINDERS: Condition = { kind: "has", part: "reminders" };

/**
 * The reminders of open tasks that fall due in a span, the earliest first. Those of hidden tasks too: somebody asked for them. Of a
 * task that repeats they are those of its current occurrence.
 */
export async function listReminders(
  workspace: Workspace,
  span: Span,
  where: readonly Condition[],
): Promise<Reminder[]> {
  const found: Reminder[] = [];
  for await (const page of listPages(workspace, { where: [PENDING, HAS_REMINDERS, ...where] })) {
    found.push(...page.flatMap((task) => remindersOf(task, span, workspace)));
  }
  return found.toSorted((one, other) => compareText(one.at, other.at));
}

function remindersOf(task: Task, { from, before }: Span, { system }: Workspace): Reminder[] {
  return task.reminders.flatMap((trigger) => {
    const at = remindAt(trigger, task.dueDate, system);
    return at !== undefined && at >= from && at < before ? [{ task, trigger, at }] : [];
  });
}
