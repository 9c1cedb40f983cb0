import type { Command } from "commander";
import { DAY_MS } from "../../domain/durations.ts";
import { TodoError } from "../../domain/errors.ts";
import type { FileCopy, StoreFile } from "../../ports/store.ts";
import type { CheckedFilter } from "../../services/filters/check-filter.ts";
import { listFilters } from "../../services/filters/list-filters.ts";
import { findRings, type RingEdge } from "../../services/tasks/tree/find-rings.ts";
import { credentialsPath } from "../auth/credentials.ts";
import { configFolder } from "../config/config.ts";
import { requireFile } from "../config/resolve-database-url.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { toFilterJson } from "../output/filters.ts";
import { escapeControls } from "../../domain/escape.ts";
import { printJson, printText } from "../output/print.ts";
import { formatBytes } from "../../domain/sizes.ts";
import type { Exposure } from "../platform/checked-files.ts";
import type { Io } from "../platform/io.ts";

export function registerDoctor(program: Command, context: CommandContext): void {
  defineCommand(program, "doctor", {
    summary: "check the database and say how to fix what is wrong",
    examples: ["todo doctor", "todo doctor --db old.db", "todo doctor --compact   # after an update, once"],
  })
    .option("--compact", "rewrite the file, without traces of deleted tasks")
    .action((flags: CommonFlags & { readonly compact?: boolean }) => doctor(context.start(flags), flags));
}

/**
 * Checks integrity, schema, and who can get at the files, and names copies that keep what was deleted, and rings. Throws
 * `unreadable_store` if the database is not sound.
 */
export async function doctor(
  invocation: Invocation,
  { compact = false }: { readonly compact?: boolean },
): Promise<void> {
  const { io, format } = invocation;
  const { file } = await requireFile(invocation, "doctor", "See how a database on a server is: todo db status").open();
  const problems = file.check();
  if (problems.length > 0) throw unsound(file, problems);
  if (compact) file.compact();
  const copies = file.copies();
  const workspace = await invocation.workspace();
  const rings = await findRings(workspace);
  const filters = (await listFilters(workspace)).filter(({ problem }) => problem !== null);
  const exposed = listFiles(io, file, copies).flatMap((path) => io.findExposure(path) ?? []);
  if (format === "json") {
    return printJson(invocation, {
      database: file.path,
      problems,
      exposed,
      copies: copies.map(toWire),
      rings: rings.map(toWireRing),
      filters: filters.map(toFilterJson),
    });
  }
  if (format === "quiet") return;
  const lines = [
    `${file.path}: sound`,
    ...exposed.map(describeExposure),
    ...copies.map((copy) => describeCopy(copy, io.system.now())),
    ...rings.map(describeRing),
    ...filters.map(describeUnusable),
  ];
  for (const line of lines) printText(invocation, escapeControls(line));
}

function unsound({ path }: StoreFile, problems: readonly string[]): TodoError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return new TodoError("unreadable_store", `${path}: ${count} found`, {
    hints: [
      ...problems.slice(0, 20),
      "Save what is readable first: todo export --deleted > tasks.json",
      "Then put a backup in its place, or start a new file and run: todo import tasks.json",
    ],
  });
}

/** What two devices did at the same time and nobody sees, because it would go round for ever. */
function describeRing({ kind, task, other }: RingEdge): string {
  const [name, end] = [`${task.handle}  ${task.title}`, `${other.handle}  ${other.title}`];
  if (kind === "parent") {
    return `${name}: its parent ${end} is ignored, because it closes a ring. To end that: todo move ${task.handle} --root`;
  }
  return `${name}: it does not wait for ${end}, which waits for it. To end that: todo edit ${task.handle} not:depends:${other.handle}`;
}

/** What another version saved, or what two devices did to each other's filters. */
function describeUnusable({ name, problem }: CheckedFilter): string {
  return `the saved filter ${name} can't be used: ${problem?.message}. To mend that: todo filter save ${name} FILTER`;
}

function toWireRing({ kind, task, other }: RingEdge) {
  return { kind, id: task.id, other: other.id };
}

/** The database with all that is beside it, and the tokens. */
function listFiles(io: Io, { path }: StoreFile, copies: readonly FileCopy[]): string[] {
  const beside = ["", "-wal", "-shm", ".secret"].map((suffix) => path + suffix);
  const tokens = configFolder(io.env) === undefined ? [] : [credentialsPath(io)];
  return [...beside, ...copies.map((copy) => copy.path), ...tokens];
}

function describeExposure({ path, problem, fix }: Exposure): string {
  return `${path}: ${problem}. To end that: ${fix}`;
}

function describeCopy({ path, bytes, at }: FileCopy, now: number): string {
  const days = Math.max(0, Math.floor((now - at) / DAY_MS));
  const age = days === 1 ? "1 day" : `${days} days`;
  return `${path}: a copy from before an update, ${formatBytes(bytes)}, ${age} old. It has what was deleted since. To remove it: rm ${path}`;
}

function toWire({ path, bytes, at }: FileCopy) {
  return { path, bytes, modified_at: new Date(at).toISOString() };
}
