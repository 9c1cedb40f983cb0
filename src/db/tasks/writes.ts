import { TodoError } from "../../domain/errors.ts";
import { handleOf } from "../../domain/task/handle.ts";
import { hasCountedFields, TOO_LARGE } from "../../domain/task/size.ts";
import type { RemoteTask, Commit, Edit } from "../../ports/store.ts";
import { joinRemoteTasks } from "../../ports/remote-tasks.ts";
import { encodeRemoteTasks, latestTick } from "./remote-tasks.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Step } from "../engine.ts";
import type { Author } from "./author.ts";
import { decodeTask, type TaskRow } from "./rows.ts";
import type { WriteStatements } from "./write-statements.ts";

/** Edits in one statement: enough for speed, few enough that the JSON of a large import stays small. */
const BATCH = 500;

/** Answers the tasks as they are then. */
export async function commitEdits(author: Author, commit: Commit): Promise<Task[]> {
  const edits = sortMany(joinEdits(commit.edits));
  if (edits.length === 0) return [];
  const { engine, user } = author;
  const rows = await engine.atomically(user, planCommit(author, commit, edits));
  return rows.map((row) => decodeTask(engine.dialect, row));
}

/** Answers the ids and revisions of what that changed. */
export async function mergeTasks(
  author: Author,
  arrivals: readonly RemoteTask[],
): Promise<{ readonly id: string; readonly revision: number }[]> {
  const joined = joinRemoteTasks(arrivals);
  if (joined.length === 0) return [];
  const rows = await author.engine.atomically(author.user, planMerge(author, joined), { repeatable: true });
  return rows.map(({ id, revision }) => ({ id, revision: Number(revision) }));
}

/**
 * One user's unit of work. The steps run in one transaction: the user's row is locked and its revision and clock move on,
 * then the log is written from what is there, then the edits are merged in. Each is made when the one before has run, so that
 * the JSON of a large import is never there at once.
 */
function* planCommit(
  { engine, statements, user }: Author,
  commit: Commit,
  edits: readonly Edit[],
): Generator<Step<TaskRow>> {
  const { now, action, undoes = null, expected, onProgress, returning = true } = commit;
  const { node } = engine;
  // What is added is new, and its limits were checked.
  const mayGrow = action !== "add";
  yield { query: statements.lock(), values: { user, count: edits.length, now } };
  if (expected) yield checkRevisions(statements, user, expected);
  for (let start = 0; start < edits.length; start += BATCH) {
    const batch = edits.slice(start, start + BATCH);
    const changes = JSON.stringify(batch.map(encodeEdit));
    if (mayGrow && batch.some(({ fields }) => hasCountedFields(fields))) {
      yield { query: statements.checkSize(), values: { user, changes }, refuse: createTooLarge, cause: "size" };
    }
    yield { query: statements.record(), values: { user, node, now, command: action, undoes, changes } };
    const query = returning ? statements.edit() : statements.editWithoutRows();
    const onDone = onProgress && (() => onProgress(start + batch.length));
    const values = { user, node, now, countFromEnd: edits.length - start, changes };
    yield { query, values, ...(onDone && { onDone }) };
    if (engine.enqueue) yield { query: engine.enqueue.edits, values: { user, changes } };
  }
}

function checkRevisions(statements: WriteStatements, user: string, expected: ReadonlyMap<string, number>): Step {
  return {
    query: statements.check(),
    values: { user, expected: JSON.stringify(Object.fromEntries(expected)) },
    refuse: () => new TodoError("conflict", "the task was changed by someone else in the meantime"),
  };
}

function createTooLarge(): TodoError {
  return new TodoError("invalid_input", `the task would have ${TOO_LARGE}`, {
    hints: ["Tags that were taken off count too. Make a new task for what is to be added."],
  });
}

/** Merges registers that other stores made. The clock of the user never falls behind any that was seen. */
function* planMerge(
  { engine, statements, user }: Author,
  joined: RemoteTask[],
): Generator<Step<Pick<TaskRow, "id" | "revision">>> {
  const count = joined.length;
  const seen = latestTick(joined).toString();
  const changes = encodeRemoteTasks(joined);
  yield { query: statements.advanceRevision(), values: { user, count, seen } };
  if (engine.enqueue) yield { query: engine.enqueue.merged(), values: { user, changes } };
  yield { query: statements.merge(), values: { user, countFromEnd: count, changes } };
}

/** PostgreSQL refuses a statement that meets one row twice, so edits of one task become one. */
function joinEdits(edits: readonly Edit[]): Edit[] {
  const joined = new Map<string, Edit>();
  for (const edit of edits) {
    const earlier = joined.get(edit.id);
    joined.set(edit.id, earlier ? { ...edit, fields: { ...earlier.fields, ...edit.fields } } : edit);
  }
  return [...joined.values()];
}

/**
 * Tasks that were made one after another lie side by side on disk. In any other order each page of a large commit is read and written
 * several times. What is written in one statement keeps the order in which it was asked for.
 */
function sortMany(edits: Edit[]): Edit[] {
  return edits.length > BATCH ? edits.toSorted((one, other) => (one.id < other.id ? -1 : 1)) : edits;
}

/** Values travel as JSON text, so that the bytes in a register are JavaScript's on every database. */
function encodeEdit({ id, fields, at }: Edit) {
  const encoded = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, JSON.stringify(value)]));
  return { id, handle: handleOf(id), fields: encoded, ...(at !== undefined && { at }) };
}
