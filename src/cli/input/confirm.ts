import { takeWhileFits } from "../../domain/batches.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Output, TaskOutput } from "../output/output.ts";
import { describeTasks } from "../output/print.ts";
import { wrapText } from "../output/wrap.ts";

/** The command, the line that counts what is not shown, and the question. */
const OTHER_LINES = 3;

/** Asks on the terminal. Only `y` and `yes` agree; the end of input does not. */
export function confirm({ io }: Output, question: string): boolean {
  io.err.write(`${question} [y/N] `);
  const answer = io.input.readLine();
  if (answer === null) io.err.write("\n");
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}

/** The same about several tasks, of which as many are shown before the question as fit on the terminal. */
export async function confirmShown(
  output: TaskOutput,
  tasks: readonly Task[],
  question: string,
  describe = (shown: readonly Task[]): Promise<readonly string[]> => describeTasks(output, shown),
): Promise<boolean> {
  const { err } = output.io;
  const room = Math.max(1, err.rows() - OTHER_LINES);
  const heightOf = (line: string) => wrapText(line, err.columns()).length;
  const lines = takeWhileFits(await describe(tasks.slice(0, room)), heightOf, room);
  const hidden = tasks.length - lines.length;
  const more = hidden === 0 ? [] : [`and ${hidden} more`];
  err.write([...lines, ...more].map((line) => `${line}\n`).join(""));
  return confirm(output, question);
}
