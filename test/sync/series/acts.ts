import { hasCode } from "../../../src/domain/errors.ts";
import { dueDateOf, nextOccurrence } from "../../../src/domain/recurrence/next.ts";
import { readSeries, type Series } from "../../../src/domain/recurrence/series.ts";
import type { Action } from "../../../src/domain/task/action.ts";
import { type Fields, readValues } from "../../../src/domain/task/registers.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import type { HistoryEntry } from "../../../src/ports/store.ts";
import type { System } from "../../../src/ports/system.ts";
import type { FindTasks } from "../../../src/services/tasks/change-tasks.ts";
import { cancelTasks, completeTasks, toggleTasks } from "../../../src/services/tasks/complete-tasks.ts";
import { editTasks } from "../../../src/services/tasks/edit-tasks.ts";
import { redoLastUndo, undoLastChange } from "../../../src/services/tasks/history.ts";
import { closeOccurrences } from "../../../src/services/tasks/series/close-occurrences.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { RULES } from "../../support/recurrence/fleet.ts";
import { readTasks } from "../compare.ts";
import { type Node, OWNER } from "../node.ts";
import type { Random } from "../../support/random.ts";
import type { World } from "../world.ts";
import type { Facts } from "./facts.ts";

const DAY_MS = 86_400_000;
/** A commit has no more tasks. */
const MAX_EDITS = 12;

export const SERIES = [1, 2].map((number) => `019a9f3c-51c8-7000-a1b2-00000000010${number}`);
/** Tasks that are parts of a series, of each other or of nothing. */
export const PARTS = [1, 2, 3, 4].map((number) => `019a9f3c-51c8-7000-a1b2-00000000020${number}`);

export type SeriesWorld = World & { readonly facts: Facts };

/** A node with all that it has, and what happens at it. */
type Scene = {
  readonly world: SeriesWorld;
  readonly node: Node;
  readonly workspace: Workspace;
  readonly random: Random;
  readonly now: number;
  readonly at: string;
  readonly fields: (id: string) => Fields;
  readonly isThere: (id: string) => boolean;
};

type TaskFields = { readonly id: string; readonly fields: Fields };

/** A series that is open, and its present occurrence. */
type Present = { readonly id: string; readonly series: Series; readonly occurrence: string };

/** Something that a node does. */
type Act = (scene: Scene) => Promise<void>;

/** All users begin with the same ids. */
export async function makeTasks(world: SeriesWorld, node: Node): Promise<void> {
  const scene = await openScene(world, node);
  const made = { created_at: scene.at };
  const series = SERIES.map((id) => {
    const recurrence = scene.random.pick(RULES);
    const start = readSeries(recurrence)?.start ?? "";
    return { id, fields: { ...made, title: "Water", recurrence, ...pointTo(recurrence, start), "tag:home": true } };
  });
  const parts = PARTS.map((id, place) => ({
    id,
    fields: { ...made, title: "Part", parent: SERIES[place % 3] ?? null },
  }));
  await write(scene, "add", [...series, ...parts]);
}

/** What a node of this version does, or one that knows no series. */
export async function act(world: SeriesWorld, node: Node): Promise<void> {
  const scene = await openScene(world, node);
  await world.random.pick(node.isOld ? EARLIER_ACTS : ACTS)(scene);
}

const completeCurrent: Act = (scene) =>
  change(scene, pickPresent(scene), ({ workspace, find, occurrence }) =>
    completeTasks(workspace, find, undefined, { occurrence }),
  );

const cancelCurrent: Act = (scene) =>
  change(scene, pickPresent(scene), ({ workspace, find }) => cancelTasks(workspace, find));

const skipCurrent: Act = (scene) =>
  change(scene, pickPresent(scene), ({ workspace, find }) => closeOccurrences(workspace, find, { action: "skip" }));

const detachCurrent: Act = (scene) =>
  change(scene, pickPresent(scene), ({ workspace, find }) => closeOccurrences(workspace, find, { action: "detach" }));

const completeAhead: Act = (scene) =>
  change(scene, pickPresent(scene), async ({ workspace, find, series, occurrence: after }) => {
    const each = { ...series, mode: "each" } as const;
    const occurrence = nextOccurrence(each, { after, today: after, isTaken: () => false });
    if (occurrence !== null) await completeTasks(workspace, find, undefined, { occurrence });
  });

const putOff: Act = (scene) =>
  change(scene, pickPresent(scene), ({ workspace, find }) => editTasks(workspace, find, { dueDate: pickDay(scene) }));

const endSeries: Act = async (scene) => {
  if (scene.random.chance(0.7)) return;
  await change(scene, pickPresent(scene), ({ workspace, find }) =>
    completeTasks(workspace, find, undefined, { forever: true }),
  );
};

const changeRule: Act = async (scene) => {
  const series = readSeries(scene.random.pick(RULES));
  if (!series) return;
  const { zone, ...every } = series;
  const repetition = { ...every, ...(zone !== null && { zone }) };
  await change(scene, pickPresent(scene), ({ workspace, find }) => editTasks(workspace, find, { every: repetition }));
};

const tickPart: Act = (scene) => change(scene, pickPart(scene), ({ workspace, find }) => toggleTasks(workspace, find));

const cancelPart: Act = (scene) =>
  change(scene, pickPart(scene), ({ workspace, find }) => cancelTasks(workspace, find));

/** Also to where a command would refuse it: other devices may move tasks at the same time. */
const movePart: Act = async (scene) => {
  const part = pickPart(scene);
  const fields = { parent: scene.random.pick([...PARTS, ...SERIES, null]) };
  if (part) await write(scene, "edit", [{ id: part.id, fields }]);
};

const editPart: Act = async (scene) => {
  const part = pickPart(scene);
  const { random, at } = scene;
  const other = random.pick(PARTS);
  const note = `019a9f3c-51c8-7000-a1b2-0000000003${String(random.below(100)).padStart(2, "0")}`;
  const day = at.slice(0, 10);
  const kinds: readonly Fields[] = [
    { [`dep:${other}`]: random.chance(0.7) },
    { [`note:${note}`]: random.chance(0.8) ? `${scene.node.name} ${random.below(1e6)}` : null },
    { [`remind:-P${random.below(3) + 1}D`]: random.chance(0.7) },
    { rank: `a${random.below(10)}` },
    { wait_until: random.chance(0.7) ? day : null, scheduled_date: day },
    { estimate: random.below(100) + 1, started_at: random.chance(0.5) ? at : null },
    { [`time:${day.slice(0, 7)}:${scene.node.name.replace("node-", "0000000")}`]: random.below(1000) },
  ];
  if (part) await write(scene, "edit", [{ id: part.id, fields: random.pick(kinds) }]);
};

const removeOrRestore: Act = async (scene) => {
  const id = scene.random.pick([...PARTS, ...PARTS, ...SERIES]);
  const isThere = scene.isThere(id);
  await write(scene, isThere ? "delete" : "restore", [{ id, fields: { deleted_at: isThere ? scene.at : null } }]);
};

const editTitle: Act = async (scene) => {
  const id = scene.random.pick([...PARTS, ...SERIES]);
  const fields = { title: `${scene.node.name} ${scene.random.below(1e6)}`, "tag:home": scene.random.chance(0.5) };
  await write(scene, "edit", [{ id, fields }]);
};

const editProfile: Act = async ({ world, node, random, now }) => {
  const name = `filter:${random.pick(["a", "b", node.name])}`;
  const profile = await node.opened.store.editProfile(OWNER, { [name]: `${node.name} ${random.below(1e6)}` }, now);
  world.facts.note(node.user, "profile", { [name]: profile[name] ?? "" });
};

const undo: Act = (scene) => takeBack(scene, undoLastChange);
const redo: Act = (scene) => takeBack(scene, redoLastUndo);

/** As one does it who knows nothing of a series above. */
const tickPlainly: Act = async (scene) => {
  const part = pickPart(scene);
  if (!part) return;
  const isOpen = scene.fields(part.id)["completed_at"] == null;
  await write(scene, "complete", [{ id: part.id, fields: { completed_at: isOpen ? scene.at : null } }]);
};

/** It has a task with a due date before it, and no more. */
const completeWhole: Act = async (scene) => {
  const id = scene.random.pick(SERIES);
  const isOpen = scene.fields(id)["completed_at"] == null;
  const fields = { completed_at: isOpen || scene.random.chance(0.5) ? scene.at : null };
  await write(scene, "complete", [{ id, fields }]);
};

const moveDueDate: Act = (scene) =>
  write(scene, "edit", [{ id: scene.random.pick(SERIES), fields: { due_date: pickDay(scene) } }]);

const ACTS: readonly Act[] = [
  [completeCurrent, completeCurrent, completeCurrent, completeAhead, completeAhead, skipCurrent, detachCurrent],
  [cancelCurrent, putOff, putOff, endSeries, changeRule, tickPart, tickPart, cancelPart, movePart, movePart, editPart],
  [editPart, removeOrRestore, editTitle, editProfile, undo, undo, redo],
].flat();

const EARLIER_ACTS: readonly Act[] = [completeWhole, completeWhole, moveDueDate, tickPlainly, editTitle, undo, redo];

async function openScene(world: SeriesWorld, node: Node): Promise<Scene> {
  const stored = await readTasks(node.opened.sync, OWNER);
  const tasks = new Map(stored.map(({ id, registers }) => [id, readValues(registers)]));
  const now = node.watch.now();
  const at = new Date(now).toISOString();
  const system: System = { now: () => now, today: () => at.slice(0, 10), timeZone: () => "UTC", newId: () => "" };
  const fields = (id: string) => tasks.get(id) ?? {};
  const isThere = (id: string) => tasks.has(id) && fields(id)["deleted_at"] == null;
  const workspace = { store: node.opened.store, user: OWNER, system };
  return { world, node, workspace, random: world.random, now, at, fields, isThere };
}

/** Does what a command does to a task. What a command refuses is not done. */
async function change<Picked extends { readonly id: string }>(
  scene: Scene,
  picked: Picked | null,
  work: (order: Picked & { readonly workspace: Workspace; readonly find: FindTasks }) => Promise<unknown>,
): Promise<void> {
  if (!picked) return;
  const { workspace } = scene;
  const find = (): Promise<Task[]> => workspace.store.get(OWNER, [picked.id]);
  await noting(scene, () => work({ ...picked, workspace, find }));
}

/** Writes fields past the commands. Only of what is known here: of other tasks there would be half. */
async function write(scene: Scene, action: Action, edits: readonly TaskFields[]): Promise<void> {
  const known = edits.filter(({ id, fields }) => "created_at" in fields || scene.fields(id)["title"] !== undefined);
  await noting(scene, () => scene.workspace.store.commit(OWNER, { action, now: scene.now, edits: known }));
}

async function noting(scene: Scene, work: () => Promise<unknown>): Promise<void> {
  const { store } = scene.workspace;
  const [before] = await store.history(OWNER, { limit: 1 });
  try {
    await work();
  } catch (error) {
    if (!hasCode(error, "invalid_input") && !hasCode(error, "not_found")) throw error;
  }
  const entries = await store.history(OWNER, { limit: MAX_EDITS });
  const [first] = entries;
  if (!first || first.clock === before?.clock) return;
  for (const entry of entries.filter(({ clock }) => clock === first.clock)) noteEntry(scene, entry);
}

/** What an undo, a redo or a deletion did to a record can't be said to be done, nor to be undone. */
function noteEntry({ world: { facts }, node: { user }, fields }: Scene, { id, action, after }: HistoryEntry): void {
  facts.note(user, id, after);
  const made = readValues(after);
  const { series, occurrence } = { ...fields(id), ...made };
  if (typeof series !== "string" || typeof occurrence !== "string") return;
  const done = { user, series, occurrence };
  if (made["deleted_at"] != null || action === "undo" || action === "redo") facts.noteTaken(done);
  else facts.noteDone(done);
}

function pickPresent({ random, fields, isThere }: Scene): Present | null {
  const id = random.pick(SERIES);
  const { recurrence, occurrence, completed_at: completedAt } = fields(id);
  const series = typeof recurrence === "string" ? readSeries(recurrence) : null;
  if (!series || typeof occurrence !== "string" || completedAt != null || !isThere(id)) return null;
  return { id, series, occurrence };
}

function pickPart({ random, isThere }: Scene): { readonly id: string } | null {
  const id = random.pick(PARTS);
  return isThere(id) ? { id } : null;
}

function pickDay({ now, random }: Scene): string {
  return new Date(now + random.below(9) * DAY_MS).toISOString().slice(0, 10);
}

function takeBack(scene: Scene, work: typeof undoLastChange): Promise<void> {
  return noting(scene, () => work(scene.workspace));
}

function pointTo(recurrence: string, occurrence: string): Fields {
  const series = readSeries(recurrence);
  return { occurrence, due_date: series ? dueDateOf(series, occurrence) : occurrence };
}
