import type { ZodError } from "zod";
import { TodoError } from "../../domain/errors.ts";
import { parseJson, type ParsedJson } from "../../domain/parse-json.ts";
import type { Fields } from "../../domain/task/registers.ts";
import { decodeUtf8 } from "../../domain/task/text.ts";
import { listIssues } from "../../contract/issues.ts";
import { FOREIGN_FILE } from "./foreign-file.ts";
import { findProfileIssue, type WireProfile, wireProfile } from "../../contract/profile-schema.ts";
import { type ImportRecord, importRecord } from "../../contract/task-schema.ts";

/** One record of a file: its first line (counted from 1), and its content, which is a task or a profile, or its problem. */
export type ParsedRecord = { readonly line: number } & (
  | {
      readonly record: ImportRecord;
      readonly source: string;
      /** Registers that are kept beside the fields of the task. */
      readonly kept?: Fields;
    }
  | { readonly profile: WireProfile["profile"] }
  | { readonly problem: string }
);

/** The same of a record that is no profile. */
export type ParsedTask = Exclude<ParsedRecord, { readonly profile: unknown }>;

/**
 * The records of a JSON array, of one JSON object, or of NDJSON (one object a line, blank lines skipped).
 * Throws `invalid_input` for bytes that are not UTF-8 and for text that is neither.
 */
export function parseRecords(bytes: Uint8Array): ParsedRecord[] {
  const text = decodeUtf8("the file", bytes);
  const whole = parseJson(text);
  if (whole.ok && Array.isArray(whole.value)) return readArray(text, whole.value);
  if (whole.ok) return readRecord(whole.value, firstLine(text));
  return readLines(text, whole.problem);
}

function readArray(text: string, values: readonly unknown[]): ParsedRecord[] {
  const lines = locateElements(text);
  return values.flatMap((value, at) => readRecord(value, lines[at] ?? 1));
}

/** A text that begins an array, or that has no line with an object, is broken JSON and not NDJSON with bad records. */
function readLines(text: string, problem: string): ParsedRecord[] {
  const lines = text
    .split("\n")
    .map((content, at) => ({ content, line: at + 1 }))
    .filter(({ content }) => content.trim() !== "");
  const [first] = lines;
  if (!first) return [];
  if (first.content.trimStart().startsWith("[") || !lines.some(({ content }) => isObject(parseJson(content)))) {
    throw new TodoError("invalid_input", `the file is neither JSON nor NDJSON: ${problem}`, { hints: FOREIGN_FILE });
  }
  return lines.flatMap(({ content, line }) => {
    const parsed = parseJson(content);
    return parsed.ok ? readRecord(parsed.value, line) : { line, problem: `not JSON: ${parsed.problem}` };
  });
}

function isObject(parsed: ParsedJson): boolean {
  return parsed.ok && typeof parsed.value === "object" && parsed.value !== null && !Array.isArray(parsed.value);
}

function readRecord(value: unknown, line: number): ParsedRecord[] {
  if (isProfile(value)) return [readProfile(value, line)];
  return [parseRecord(value, line)];
}

/** A task of a file on a line, or its problem. */
export function parseRecord(value: unknown, line: number): ParsedTask {
  const parsed = importRecord.safeParse(value);
  // The source is only needed to make an id. Keeping it would double the memory.
  if (parsed.success) {
    return { line, record: parsed.data, source: parsed.data.id === undefined ? JSON.stringify(value) : "" };
  }
  return { line, problem: describeIssues(parsed.error) };
}

function readProfile(value: unknown, line: number): ParsedRecord {
  const parsed = wireProfile.safeParse(value);
  if (!parsed.success) return { line, problem: describeIssues(parsed.error) };
  const problem = findProfileIssue(parsed.data);
  return problem === null ? { line, profile: parsed.data.profile } : { line, problem };
}

function describeIssues(error: ZodError): string {
  return listIssues(error)
    .map(({ path, message }) => [path, message].filter(Boolean).join(": "))
    .join("; ");
}

function isProfile(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).join() === "profile";
}

/** The lines on which the elements of a JSON array begin. The text is known to be valid JSON. */
function locateElements(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let awaited = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[^\s",[\]{}:]+|[\n,[\]{}]/g)) {
    if (token === "\n") line += 1;
    else if (token === "," && depth === 1) awaited = true;
    else if (token !== ",") {
      if (awaited && token !== "]") lines.push(line);
      awaited = depth === 0 && token === "[";
      if (token === "[" || token === "{") depth += 1;
      if (token === "]" || token === "}") depth -= 1;
    }
  }
  return lines;
}

function firstLine(text: string): number {
  return text.slice(0, text.search(/\S/)).split("\n").length;
}
