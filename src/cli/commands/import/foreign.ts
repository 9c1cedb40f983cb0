import { TodoError } from "../../../domain/errors.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { suggestNearest } from "../../../domain/nearest.ts";
import { checkZone } from "../../../domain/recurrence/series.ts";
import { handleOf } from "../../../domain/task/handle.ts";
import { decodeFile } from "../../../formats/decode.ts";
import { type Format, FORMATS } from "../../../formats/formats.ts";
import {
  type FileNote,
  type ForeignFile,
  type ForeignPlan,
  importForeign,
  planForeign,
} from "../../../services/exchange/import-foreign.ts";
import { readInput } from "../../input/stdin.ts";
import type { Invocation } from "../../invocation.ts";
import { sayVerb } from "../../output/outcome.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import { startProgress } from "../../output/progress.ts";
import type { ImportFlags } from "../import.ts";
import { refuseEmpty, refuseRecords } from "./refuse.ts";

/** So many tasks are named of each thing that has no place. */
const NAMED = 3;

/** Imports files of another program. All are read before anything is written. */
export async function importForeignFiles(
  invocation: Invocation,
  paths: readonly string[],
  flags: ImportFlags & { readonly from: string },
): Promise<void> {
  const format = findFormat(flags.from);
  const files = paths.map((path) => readFile(invocation, path, flags.encoding));
  const workspace = await invocation.workspace();
  const zone = flags.zone === undefined ? workspace.system.timeZone() : checkZone(flags.zone);
  const plan = await planForeign(workspace, files, { format, context: { zone }, project: flags.project });
  const total = plan.records.length + plan.unchanged + plan.problems.length;
  if (total === 0 && !flags.allowEmpty) throw refuseEmpty(files.map(({ name }) => name).join(", "));
  const problems = plan.problems.map((each) => formatNote(each, files));
  if (problems.length > 0 && !flags.skipInvalid) throw refuseRecords(problems, total);
  const progress = startProgress(invocation, "Importing", plan.records.length);
  const { added, changed, unchanged } = await importForeign(workspace, plan, progress.report).finally(progress.end);
  const skipped = plan.skipped.length + problems.length;
  if (invocation.format === "json")
    return printJson(invocation, toReport(plan, { added, changed, unchanged, skipped }));
  printReport(invocation, plan, files);
  if (invocation.format === "quiet") return;
  const verb = sayVerb(invocation, "Imported", "import");
  printText(invocation, `${verb} ${added} new, ${changed} changed, ${unchanged} unchanged, ${skipped} skipped.`);
}

function findFormat(name: string): Format {
  const names = FORMATS.map((each) => each.name);
  const format = FORMATS.find((each) => each.name === name.toLowerCase());
  if (format) return format;
  throw new TodoError("usage", `there is no format ${JSON.stringify(name)}`, {
    hints: [...suggestNearest(name, names), `Formats: ${names.join(", ")}`],
  });
}

function readFile({ io }: Invocation, path: string, encoding: string | undefined): ForeignFile {
  const name = path === "-" ? "standard input" : path;
  const bytes = path === "-" ? readInput(io, "the file") : io.readFile(path);
  return { name, text: decodeFile(name, bytes, encoding) };
}

/** `line 12: …`, with the name of the file where there are several. */
function formatNote({ file, line, text }: FileNote, files: readonly ForeignFile[]): string {
  return escapeControls(`${files.length > 1 ? `${file}, ` : ""}line ${line}: ${text}`);
}

/** Names what does not come along, each thing once, with the first tasks that have it. */
function printReport(
  invocation: Invocation,
  { left, contested, skipped, problems }: ForeignPlan,
  files: readonly ForeignFile[],
) {
  for (const each of [...problems, ...skipped]) printNote(invocation, `Skipped ${formatNote(each, files)}`);
  for (const { what, ids } of left) printNote(invocation, `No place for ${escapeControls(what)}: ${countTasks(ids)}`);
  if (contested.length > 0) {
    printNote(invocation, `Changed here and in the file, which counts: ${countTasks(contested)}`);
  }
}

/** `31 tasks (kqvtzmwxynlp, …)` */
function countTasks(ids: readonly string[]): string {
  const named = ids.slice(0, NAMED).map(handleOf).join(", ");
  return `${ids.length === 1 ? "1 task" : `${ids.length} tasks`} (${named}${ids.length > NAMED ? ", …" : ""})`;
}

type Counts = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly skipped: number;
};

function toReport({ left, contested }: ForeignPlan, counts: Counts) {
  return { ...counts, left: left.map(({ what, ids }) => ({ what, count: ids.length, ids })), contested };
}
