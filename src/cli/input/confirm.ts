import type { Output } from "../output/output.ts";

/** Asks on the terminal. Only `y` and `yes` agree; the end of input does not. */
export function confirm({ io }: Output, question: string): boolean {
  io.err.write(`${question} [y/N] `);
  const answer = io.input.readLine();
  if (answer === null) io.err.write("\n");
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}
