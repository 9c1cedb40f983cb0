import { isUuid } from "../../domain/is-uuid.ts";
import { readText, SOURCE } from "../../domain/task/registers.ts";
import type { Task } from "../../domain/task/task.ts";
import { fitRecord } from "../../formats/fit.ts";
import type { Format } from "../../formats/formats.ts";
import type { ForeignRecord, ForeignTask, ReadContext } from "../../formats/found.ts";
import { type Imported, importRecords } from "../tasks/import-tasks.ts";
import { type ParsedRecord, parseRecord } from "../tasks/records.ts";
import type { Workspace } from "../workspace.ts";
import { idOfForeign, toImportRecord, type WrittenRecord } from "./foreign-record.ts";
import { mergeNewer } from "./merge-newer.ts";
import { listDifferent, listParts, readSource, type Source, writeSource } from "./source.ts";

/** A file of another program, by the name that people know it by. */
export type ForeignFile = { readonly name: string; readonly text: string };

export type ForeignOptions = {
  readonly format: Format;
  readonly context: ReadContext;
  /** The project of tasks that have none. */
  readonly project?: string | undefined;
};

/** A line of a file, with what is to be said of it. */
export type FileNote = { readonly file: string; readonly line: number; readonly text: string };

/** Something that has no place in a task, and the ids of the tasks that have it. */
export type LeftOut = { readonly what: string; readonly ids: readonly string[] };

/** What files have, before anything is written. */
export type ForeignPlan = {
  readonly records: readonly ParsedRecord[];
  readonly unchanged: number;
  readonly problems: readonly FileNote[];
  readonly skipped: readonly FileNote[];
  readonly left: readonly LeftOut[];
  /** The ids of tasks of which a field was changed here and in the file. The file counts. */
  readonly contested: readonly string[];
};

/** Reads files of another program and compares them with what was imported before. Writes nothing. */
export async function planForeign(
  workspace: Workspace,
  files: readonly ForeignFile[],
  options: ForeignOptions,
): Promise<ForeignPlan> {
  const read = readFiles(files, options);
  const { tasks, left } = read;
  const known = await findKnown(workspace, [...tasks.keys()]);
  const idOf = (key: string) => idOfForeign(options.format.name, key);
  const isThere = await findLinked(workspace, [...tasks.values()], idOf);
  const records: ParsedRecord[] = [];
  const contested: string[] = [];
  const problems = [...read.problems];
  let unchanged = 0;
  for (const [id, { file, line, key, record: whole }] of tasks) {
    const linked = dropLinks(withProject(whole, options.project), isThere);
    const { record, left: cut } = fitRecord(linked.record);
    for (const what of [...linked.left, ...cut]) note(left, what, id);
    const asWritten = toImportRecord(record, { key, idOf });
    const source: Source = { format: options.format.name, key, parts: listParts(asWritten) };
    const planned = planRecord(asWritten, source, known.get(id));
    if (planned === null) {
      unchanged += 1;
      continue;
    }
    if (planned.isContested) contested.push(id);
    const parsed = parseRecord({ ...planned.record, id }, line);
    if ("problem" in parsed) problems.push({ file, line, text: parsed.problem });
    else records.push({ ...parsed, kept: { [SOURCE]: writeSource(source) } });
  }
  const leftOut = [...left].map(([what, ids]) => ({ what, ids: [...ids] }));
  return { records, unchanged, problems, skipped: read.skipped, left: leftOut, contested };
}

/** What to write of a record: all of it, or what is new since it was imported last. null for nothing. */
function planRecord(written: WrittenRecord, { parts }: Source, known: Known | undefined) {
  const before = known?.source?.parts;
  if (!known || !before) return { record: written, isContested: false };
  const changed = listDifferent(before, parts);
  return changed.length === 0 ? null : mergeNewer(known.task, written, { changed, before });
}

/** Writes what was planned, in one transaction. */
export async function importForeign(
  workspace: Workspace,
  { records, unchanged }: ForeignPlan,
  onProgress?: (written: number) => void,
): Promise<Imported> {
  const imported = await importRecords(workspace, records, onProgress);
  return { ...imported, unchanged: imported.unchanged + unchanged };
}

type Placed = ForeignTask & { readonly file: string };

/** All that the files have. Of a task that is there twice the last counts, and that it is there twice is said. */
function readFiles(files: readonly ForeignFile[], { format, context }: ForeignOptions) {
  const tasks = new Map<string, Placed>();
  const left = new Map<string, Set<string>>();
  const problems: FileNote[] = [];
  const skipped: FileNote[] = [];
  const counts = new Map<string, number>();
  for (const { name: file, text } of files) {
    for (const found of format.read(text, context)) {
      if (found.kind === "problem") problems.push({ file, line: found.line, text: found.problem });
      else if (found.kind === "skipped") skipped.push({ file, line: found.line, text: found.why });
      else {
        const task = countKey(found, counts);
        const id = idOfForeign(format.name, task.key);
        if (tasks.has(id)) skipped.push({ file, line: task.line, text: "the same task once more, which counts" });
        tasks.set(id, { ...task, file });
        for (const what of task.left) note(left, what, id);
      }
    }
  }
  return { tasks, left, problems, skipped };
}

/** A task of which others of its key came before has their number in its key. */
function countKey(task: ForeignTask, counts: Map<string, number>): ForeignTask {
  if (isUuid(task.key)) return task;
  const before = counts.get(task.key) ?? 0;
  counts.set(task.key, before + 1);
  return before === 0 ? task : { ...task, key: `${task.key}\n${before}` };
}

function note(left: Map<string, Set<string>>, what: string, id: string): void {
  const ids = left.get(what) ?? new Set();
  left.set(what, ids.add(id));
}

type Known = { readonly task: Task; readonly source: Source | null };

/** The tasks of an import that are here already, and as what they were imported last. */
async function findKnown({ store, user }: Workspace, ids: readonly string[]): Promise<Map<string, Known>> {
  const [tasks, registers] = [await store.get(user, ids), await store.registersOf(user, ids, SOURCE)];
  return new Map(
    tasks.map((task) => [task.id, { task, source: readSource(readText(registers.get(task.id))) }] as const),
  );
}

/** Whether the task of a key is in the files or here. */
async function findLinked(
  { store, user }: Workspace,
  tasks: readonly Placed[],
  idOf: (key: string) => string,
): Promise<(key: string) => boolean> {
  const linked = tasks.flatMap(({ record: { parent, depends_on: waits = [] } }) => [parent ?? [], waits].flat());
  const ids = new Set(tasks.map(({ key }) => idOf(key)));
  const elsewhere = [...new Set(linked.map(idOf))].filter((id) => !ids.has(id));
  for (const { id } of await store.get(user, elsewhere)) ids.add(id);
  return (key) => ids.has(idOf(key));
}

/** Leaves out what a record is linked with and nobody has. */
function dropLinks(record: ForeignRecord, isThere: (key: string) => boolean) {
  const { parent, depends_on: waits, ...others } = record;
  const hasParent = parent !== undefined && isThere(parent);
  const kept = waits?.filter(isThere);
  const isWhole = (parent === undefined || hasParent) && kept?.length === waits?.length;
  return {
    record: { ...others, ...(hasParent && { parent }), ...(kept && { depends_on: kept }) },
    left: isWhole ? [] : ["link to a task that is neither in the file nor here"],
  };
}

function withProject(record: ForeignRecord, project: string | undefined): ForeignRecord {
  return record.project === undefined && project !== undefined ? { ...record, project } : record;
}
