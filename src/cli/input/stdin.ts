import { decodeUtf8 } from "../../domain/task/text.ts";
import type { Io } from "../platform/io.ts";

/** All bytes of standard input. A terminal says first what it waits for, or the program would seem to hang. */
export function readInput({ input, err }: Io, what: string): Uint8Array {
  if (input.isTerminal()) err.write(`Type or paste ${what}, then end with Ctrl-D on a new line.\n`);
  return input.readAll();
}

/**
 * The lines of standard input that are not blank, without line ends, with their numbers from 1. Throws `invalid_input`.
 */
export function readInputLines(io: Io, what: string): { readonly text: string; readonly line: number }[] {
  return decodeUtf8("standard input", readInput(io, what))
    .split(/\r?\n/)
    .map((text, at) => ({ text, line: at + 1 }))
    .filter(({ text }) => text.trim() !== "");
}
