import { decodeUtf8 } from "../../domain/task/text.ts";
import type { Io } from "../platform/io.ts";

/**
 * The lines of standard input that are not blank, without line ends, with their numbers from 1. Throws `invalid_input`.
 */
export function readInputLines({ input }: Io): { readonly text: string; readonly line: number }[] {
  return decodeUtf8("standard input", input.readAll())
    .split(/\r?\n/)
    .map((text, at) => ({ text, line: at + 1 }))
    .filter(({ text }) => text.trim() !== "");
}
