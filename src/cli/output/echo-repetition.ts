import type { Task } from "../../domain/task/task.ts";
import { formatDue } from "../../domain/dates/format-date.ts";
import type { Output } from "./output.ts";
import { printNote } from "./print.ts";

/** Says what was understood of how tasks repeat: `every 2 weeks on Mon, first Mon 23 Nov, then Mon 7 Dec`. */
export async function echoRepetition(output: Output, tasks: readonly Task[]): Promise<void> {
  const { echoRecurrence } = await import("../../domain/recurrence/describe-series.ts");
  const { system } = output.io;
  const echoes = tasks.flatMap((task) => echoRecurrence(task, system) ?? []);
  const lines = echoes.map(({ text, first, second }) => {
    const then = second === null ? "" : `, then ${formatDue(second, system)}`;
    return `${text}, first ${formatDue(first, system)}${then}`;
  });
  for (const line of new Set(lines)) printNote(output, line);
}
