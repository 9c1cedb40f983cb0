import { findOwnSetting } from "../config/config.ts";
import type { Io } from "../platform/io.ts";
import type { Output } from "./output.ts";
import { printChunks } from "./print.ts";

/** A prompt may have two lines. Above it the first line of the output must stay in sight. */
export const PROMPT_LINES = 2;

const NO_PAGER = new Set(["", "off", "cat"]);
/** It ends without a word where there is no `less`. */
const LESS = "command -v less >/dev/null || exit 127; exec less -FIRX";
/** A shell's exit codes for a command that can't be run, and for one that is not there. */
const NOT_RUN = new Set([126, 127]);

/**
 * Prints what `format` makes on a terminal, through the user's pager if it does not fit. `format` is called again if
 * there is no such pager.
 */
export async function printPaged(
  output: Output,
  format: () => AsyncGenerator<string>,
  { usePager }: { readonly usePager: boolean },
): Promise<void> {
  const { io } = output;
  const chunks = format();
  const first = await readScreen(chunks, io.out.rows() - PROMPT_LINES, io.out.columns());
  const command = usePager && first.isFull ? findPager(io) : undefined;
  const whole = concatenate(first.chunks, chunks);
  if (command === undefined) return printChunks(output, whole);
  if (NOT_RUN.has(await io.runPager(command, whole))) await printChunks(output, format());
}

/** TODO_PAGER, the setting, PAGER, or `less`. Undefined if there is to be none. */
function findPager(io: Io): string | undefined {
  const { env } = io;
  const command = env["TODO_PAGER"] ?? findOwnSetting(io, "pager") ?? env["PAGER"] ?? LESS;
  return NO_PAGER.has(command.trim()) || env["TERM"] === "dumb" ? undefined : command;
}

/** Reads until there are more lines than fit, or no more. */
async function readScreen(chunks: AsyncGenerator<string>, rows: number, columns: number) {
  const read: string[] = [];
  let lines = 0;
  while (lines <= rows) {
    const next = await chunks.next();
    if (next.done) return { chunks: read, isFull: false };
    read.push(next.value);
    lines += countRows(next.value, columns);
  }
  return { chunks: read, isFull: true };
}

/** The rows that whole lines take on a terminal, which breaks those that are too long. */
function countRows(text: string, columns: number): number {
  const lines = text.split("\n").slice(0, -1);
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(Bun.stringWidth(line) / columns)), 0);
}

async function* concatenate(read: readonly string[], rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield* read;
  yield* rest;
}
