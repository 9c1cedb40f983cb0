import { TodoError } from "../../domain/errors.ts";
import { isBlank } from "../../domain/task/text.ts";
import { addTasks, type NewTask } from "../../services/tasks/add-tasks.ts";
import type { FindTasks, Outcome } from "../../services/tasks/change-tasks.ts";
import { cancelTasks, completeTasks, reopenTasks } from "../../services/tasks/complete-tasks.ts";
import { deleteTasks, restoreTasks } from "../../services/tasks/delete-tasks.ts";
import { editTasks } from "../../services/tasks/edit-tasks.ts";
import { resolveKeptRefs, resolveRefs } from "../../services/tasks/find-tasks.ts";
import { addNote, removeNote } from "../../services/tasks/note-tasks.ts";
import { parseWords } from "../../services/tasks/parse-words.ts";
import { resolveLinks, toNewTask } from "../../services/tasks/resolve-links.ts";
import { closeOccurrences } from "../../services/tasks/series/close-occurrences.ts";
import { startTasks, stopTasks } from "../../services/tasks/start-tasks.ts";
import { moveTasks } from "../../services/tasks/tree/move-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { Action } from "../../domain/task/action.ts";
import type { Place, TaskAction } from "../protocol.ts";
import type { Account } from "./account.ts";
import type { AccountMethods } from "./account-methods.ts";
import { describeDone, describeOutcome } from "./done.ts";
import { readEdit, readNewTask, type TypedTask } from "./read-words.ts";

/** The methods that change tasks. */
export const taskMethods = {
  add: async (account, { text }) => {
    const { workspace } = account;
    const typed = await readLines(text, workspace);
    const tasks: NewTask[] = [];
    for (const { title, understood } of typed) tasks.push({ ...(await toNewTask(workspace, understood)), title });
    const added = await addTasks(workspace, tasks);
    await account.noteChange();
    return { ...describeDone("add", added), notes: typed.flatMap(({ notes }) => notes) };
  },
  preview: ({ workspace }, { text }) => parseWords(workspace, text),
  edit: (account, { ids, words }) =>
    change(account, "edit", async (workspace) => {
      const patch = await resolveLinks(workspace, await readEdit(words, ids.length, workspace.system));
      return editTasks(workspace, findKept(workspace, ids), patch);
    }),
  patch: (account, { ids, patch }) =>
    change(account, "edit", (workspace) => editTasks(workspace, findKept(workspace, ids), patch)),
  act: (account, { ids, action }) => change(account, action, (workspace) => ACTIONS[action](workspace, ids)),
  move: (account, { id, place }) =>
    change(account, "move", (workspace) => moveTasks(workspace, findKept(workspace, [id]), toDestination(place))),
  note: (account, { id, text }) =>
    change(account, "note", (workspace) =>
      addNote(workspace, findKept(workspace, [id]), { id: workspace.system.newId(), text }),
    ),
  removeNote: (account, { id, note }) =>
    change(account, "note", (workspace) => removeNote(workspace, findKept(workspace, [id]), note)),
} satisfies Partial<AccountMethods>;

const ACTIONS = {
  complete: (workspace, ids) => completeTasks(workspace, findKept(workspace, ids)),
  reopen: (workspace, ids) => reopenTasks(workspace, findKept(workspace, ids)),
  cancel: (workspace, ids) => cancelTasks(workspace, findKept(workspace, ids)),
  delete: (workspace, ids) => deleteTasks(workspace, findAny(workspace, ids)),
  restore: (workspace, ids) => restoreTasks(workspace, findAny(workspace, ids)),
  skip: (workspace, ids) => closeOccurrences(workspace, findKept(workspace, ids), { action: "skip" }),
  start: (workspace, ids) => startTasks(workspace, findKept(workspace, ids)),
  stop: (workspace, ids) => stopTasks(workspace, findKept(workspace, ids)),
} satisfies Record<TaskAction, (workspace: Workspace, ids: readonly string[]) => Promise<Outcome>>;

async function change(account: Account, action: Action, work: (workspace: Workspace) => Promise<Outcome>) {
  const outcome = await work(account.workspace);
  await account.noteChange();
  return describeOutcome(action, outcome);
}

/** The new tasks of all lines. An error of one among several names it. */
async function readLines(text: string, { system }: Workspace): Promise<TypedTask[]> {
  const lines = text.split(/\r?\n/).filter((line) => !isBlank(line));
  const [only = "", another] = lines;
  if (another === undefined) return [await readNewTask(only, system)];
  const typed: TypedTask[] = [];
  for (const line of lines) typed.push(await readNewTask(line, system).catch((error) => refuseLine(error, line)));
  return typed;
}

function refuseLine(error: unknown, line: string): never {
  if (!(error instanceof TodoError)) throw error;
  const { code, message, hints, excerpt = { text: line, at: 0, length: line.length } } = error;
  throw new TodoError(code, message, { hints, excerpt, cause: error });
}

function findKept(workspace: Workspace, ids: readonly string[]): FindTasks {
  return () => resolveKeptRefs(workspace, ids);
}

function findAny(workspace: Workspace, ids: readonly string[]): FindTasks {
  return () => resolveRefs(workspace, ids);
}

function toDestination({ parent, before, after }: Place): Parameters<typeof moveTasks>[2] {
  if (before !== undefined) return { parent, place: { kind: "before", id: before } };
  return after === undefined ? { parent } : { parent, place: { kind: "after", id: after } };
}
