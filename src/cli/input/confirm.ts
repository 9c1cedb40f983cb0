import type { Task } from "../../domain/task/task.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import type { Output, TaskOutput } from "../output/output.ts";
import { describeTask } from "../output/print.ts";

/** Asks on the terminal. Only `y` and `yes` agree; the end of input does not. */
export function confirm({ io }: Output, question: string): boolean {
  io.err.write(`${question} [y/N] `);
  const answer = io.input.readLine();
  if (answer === null) io.err.write("\n");
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}

/** The same about several tasks, which are shown before the question. */
export async function confirmShown(output: TaskOutput, tasks: readonly Task[], question: string): Promise<boolean> {
  const shorten = await shortenHandles(await output.workspace(), tasks);
  const lines = tasks.map((task) => `${describeTask(output, task, shorten(task))}\n`);
  output.io.err.write(lines.join(""));
  return confirm(output, question);
}
