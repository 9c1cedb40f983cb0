import type { Task } from "../../domain/task/task.ts";
import type { Output, TaskOutput } from "../output/output.ts";
import { describeTasks } from "../output/print.ts";

/** Asks on the terminal. Only `y` and `yes` agree; the end of input does not. */
export function confirm({ io }: Output, question: string): boolean {
  io.err.write(`${question} [y/N] `);
  const answer = io.input.readLine();
  if (answer === null) io.err.write("\n");
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}

/** The same about several tasks, which are shown before the question. */
export async function confirmShown(output: TaskOutput, tasks: readonly Task[], question: string): Promise<boolean> {
  output.io.err.write((await describeTasks(output, tasks)).map((line) => `${line}\n`).join(""));
  return confirm(output, question);
}
