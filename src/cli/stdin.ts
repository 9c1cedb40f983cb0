import { TodoError } from "../domain/errors.ts";
import type { Io } from "./io.ts";

/** All text of standard input. Throws `invalid_input` for bytes that are not UTF-8. */
export function readInputText(io: Io): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(io.input.readAll());
  } catch (cause) {
    throw new TodoError("invalid_input", "standard input is not UTF-8 text", { cause });
  }
}

/** The lines of standard input that are not blank, without their ends, with their numbers from 1. */
export function readInputLines(io: Io): { readonly text: string; readonly line: number }[] {
  return readInputText(io)
    .split(/\r?\n/)
    .map((text, at) => ({ text, line: at + 1 }))
    .filter(({ text }) => text.trim() !== "");
}
