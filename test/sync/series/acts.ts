import {
  completeOccurrence,
  detachOccurrence,
  type OccurrenceCommit,
  skipOccurrence,
  type TaskFields,
} from "../../../src/domain/recurrence/complete.ts";
import { dueDateOf, nextOccurrence, occurrencesBetween } from "../../../src/domain/recurrence/next.ts";
import { recordIdOf } from "../../../src/domain/recurrence/record-id.ts";
import { readSeries, type Series } from "../../../src/domain/recurrence/series.ts";
import type { Action } from "../../../src/domain/task/action.ts";
import { type Fields, readValues } from "../../../src/domain/task/registers.ts";
import type { System } from "../../../src/ports/system.ts";
import { redoLastUndo, undoLastChange, type Undone } from "../../../src/services/tasks/history.ts";
import { RULES } from "../../support/recurrence/fleet.ts";
import { readTasks } from "../compare.ts";
import { type Node, OWNER } from "../node.ts";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";
import type { Facts } from "./facts.ts";

const DAY_MS = 86_400_000;
const LAST_DAY = "9999-12-31";

export const SERIES = [1, 2].map((number) => `019a9f3c-51c8-7000-a1b2-00000000010${number}`);
/** Tasks that are parts of a series, of each other or of nothing. */
export const PARTS = [1, 2, 3, 4].map((number) => `019a9f3c-51c8-7000-a1b2-00000000020${number}`);

export type SeriesWorld = World & { readonly facts: Facts };

/** A node with all that it has, and what happens at it. */
type Scene = {
  readonly world: SeriesWorld;
  readonly node: Node;
  readonly random: Random;
  readonly now: number;
  readonly at: string;
  readonly fields: (id: string) => Fields;
  readonly isThere: (id: string) => boolean;
};

/** A series that is open at a node which knows what it is. */
type Present = { readonly id: string; readonly fields: Fields; readonly series: Series; readonly occurrence: string };

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

const completeCurrent: Act = (scene) => closeCurrent(scene, "complete", completeOccurrence);
const skipCurrent: Act = (scene) => closeCurrent(scene, "edit", skipOccurrence);
const detachCurrent: Act = (scene) => closeCurrent(scene, "edit", detachOccurrence);

const cancelCurrent: Act = (scene) =>
  closeCurrent(scene, "complete", (edit) => {
    const commit = completeOccurrence(edit);
    return { ...commit, record: { ...commit.record, fields: { ...commit.record.fields, cancelled: true } } };
  });

const completeAhead: Act = async (scene) => {
  const present = pickPresent(scene);
  if (!present) return;
  const { series, occurrence } = present;
  const next = nextOccurrence(
    { ...series, mode: "each" },
    { after: occurrence, today: occurrence, isTaken: () => false },
  );
  if (next !== null) await close(scene, present, { action: "complete", occurrence: next, how: completeOccurrence });
};

const putOff: Act = async (scene) => {
  const present = pickPresent(scene);
  if (!present) return;
  const due = new Date(scene.now + scene.random.below(9) * DAY_MS).toISOString().slice(0, 10);
  await write(scene, "edit", [{ id: present.id, fields: { due_date: due, occurrence: present.occurrence } }]);
};

const endSeries: Act = async (scene) => {
  const present = pickPresent(scene);
  if (!present || scene.random.chance(0.7)) return;
  await write(scene, "complete", [{ id: present.id, fields: { completed_at: scene.at, recurrence: null } }]);
};

const changeRule: Act = async (scene) => {
  const present = pickPresent(scene);
  if (!present) return;
  const recurrence = scene.random.pick(RULES);
  const series = readSeries(recurrence);
  const day = present.occurrence.slice(0, 10);
  const [first] = series ? occurrencesBetween({ ...series, mode: "each" }, day, LAST_DAY, 1) : [];
  const fields = { recurrence, ...pointTo(recurrence, first ?? series?.start ?? day) };
  await write(scene, "edit", [{ id: present.id, fields }]);
};

const tickPart: Act = async (scene) => {
  const id = pickPart(scene);
  if (!id) return;
  const { parent, completed_at: completedAt } = scene.fields(id);
  const above = typeof parent === "string" ? scene.fields(parent) : {};
  const doneFor = scene.node.isOld || above["recurrence"] == null ? {} : { done_for: above["occurrence"] ?? null };
  const fields = completedAt == null ? { completed_at: scene.at, ...doneFor } : { completed_at: null };
  await write(scene, completedAt == null ? "complete" : "reopen", [{ id, fields }]);
};

const cancelPart: Act = async (scene) => {
  const id = pickPart(scene);
  if (id) await write(scene, "complete", [{ id, fields: { completed_at: scene.at, cancelled: true } }]);
};

const movePart: Act = async (scene) => {
  const id = pickPart(scene);
  if (id) await write(scene, "edit", [{ id, fields: { parent: scene.random.pick([...PARTS, ...SERIES, null]) } }]);
};

const editPart: Act = async (scene) => {
  const id = pickPart(scene);
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
  if (id) await write(scene, "edit", [{ id, fields: random.pick(kinds) }]);
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

/** It has a task with a due date before it, and no more. */
const completeWhole: Act = async (scene) => {
  const id = scene.random.pick(SERIES);
  const isOpen = scene.fields(id)["completed_at"] == null;
  const fields = { completed_at: isOpen || scene.random.chance(0.5) ? scene.at : null };
  await write(scene, "complete", [{ id, fields }]);
};

const moveDueDate: Act = async (scene) => {
  const due = new Date(scene.now + scene.random.below(9) * DAY_MS).toISOString().slice(0, 10);
  await write(scene, "edit", [{ id: scene.random.pick(SERIES), fields: { due_date: due } }]);
};

const ACTS: readonly Act[] = [
  [completeCurrent, completeCurrent, completeCurrent, completeAhead, completeAhead, skipCurrent, detachCurrent],
  [cancelCurrent, putOff, putOff, endSeries, changeRule, tickPart, tickPart, cancelPart, movePart, movePart, editPart],
  [editPart, removeOrRestore, editTitle, editProfile, undo, undo, redo],
].flat();

const EARLIER_ACTS: readonly Act[] = [completeWhole, completeWhole, moveDueDate, tickPart, editTitle, undo, redo];

async function openScene(world: SeriesWorld, node: Node): Promise<Scene> {
  const tasks = new Map(
    (await readTasks(node.opened.sync, OWNER)).map(({ id, registers }) => [id, readValues(registers)]),
  );
  const now = node.watch.now();
  const fields = (id: string) => tasks.get(id) ?? {};
  const isThere = (id: string) => tasks.has(id) && fields(id)["deleted_at"] == null;
  return { world, node, random: world.random, now, at: new Date(now).toISOString(), fields, isThere };
}

/** Only what lives is edited: of other tasks there may be nothing here. */
async function write(scene: Scene, action: Action, edits: readonly TaskFields[]): Promise<void> {
  const { world, node, now, fields } = scene;
  const known = edits.filter(
    (edit) => Object.keys(edit.fields).length > 0 && (isMade(edit) || fields(edit.id)["title"]),
  );
  if (known.length === 0) return;
  await node.opened.store.commit(OWNER, { action, now, edits: known });
  await noteLast(world, node, known.length);
}

function isMade({ fields }: TaskFields): boolean {
  return "created_at" in fields;
}

async function noteLast({ facts }: SeriesWorld, { user, opened }: Node, limit: number): Promise<void> {
  for (const { id, after } of await opened.store.history(OWNER, { limit })) facts.note(user, id, after);
}

function pickPresent({ random, fields, isThere }: Scene): Present | null {
  const id = random.pick(SERIES);
  const task = fields(id);
  const { recurrence, occurrence, completed_at: completedAt } = task;
  const series = typeof recurrence === "string" ? readSeries(recurrence) : null;
  if (!series || typeof occurrence !== "string" || completedAt != null || !isThere(id)) return null;
  return { id, fields: task, series, occurrence };
}

function pickPart({ random, isThere }: Scene): string | null {
  const id = random.pick(PARTS);
  return isThere(id) ? id : null;
}

type Close = typeof completeOccurrence;

async function closeCurrent(scene: Scene, action: Action, how: Close): Promise<void> {
  const present = pickPresent(scene);
  if (present) await close(scene, present, { action, occurrence: present.occurrence, how });
}

async function close(
  scene: Scene,
  { id, fields }: Present,
  { action, occurrence, how }: { readonly action: Action; readonly occurrence: string; readonly how: Close },
): Promise<void> {
  const recordId = recordIdOf(id, occurrence);
  const record = scene.fields(recordId);
  const children = PARTS.filter((part) => scene.isThere(part) && scene.fields(part)["parent"] === id);
  const system: Pick<System, "today" | "timeZone"> = { today: () => scene.at.slice(0, 10), timeZone: () => "UTC" };
  const commit: OccurrenceCommit = how({
    series: { id, fields },
    occurrence,
    at: scene.at,
    system,
    isTaken: (other) => scene.isThere(recordIdOf(id, other)),
    ...(record["title"] !== undefined && { record }),
    children: children.map((child) => ({ id: child, fields: scene.fields(child) })),
  });
  await write(scene, action, [commit.record, { id, fields: commit.series }, ...commit.children]);
  scene.world.facts.noteDone({ user: scene.node.user, series: id, occurrence });
}

async function takeBack({ world, node, now, fields }: Scene, work: typeof undoLastChange): Promise<void> {
  const system: System = { now: () => now, today: () => "", timeZone: () => "UTC", newId: () => "" };
  const undone: Undone | null = await work({ store: node.opened.store, user: OWNER, system });
  if (!undone) return;
  await noteLast(world, node, undone.tasks.length);
  for (const { id } of undone.tasks) {
    const { series, occurrence } = fields(id);
    if (typeof series !== "string" || typeof occurrence !== "string") continue;
    world.facts.noteTaken({ user: node.user, series, occurrence });
  }
}

function pointTo(recurrence: string, occurrence: string): Fields {
  const series = readSeries(recurrence);
  return { occurrence, due_date: series ? dueDateOf(series, occurrence) : occurrence };
}
