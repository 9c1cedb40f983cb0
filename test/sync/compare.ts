import { clockTime } from "../../src/domain/task/clock.ts";
import type { Registers } from "../../src/domain/task/registers.ts";
import { CLOCK_TOLERANCE_MS, type SyncedTask, type SyncStore } from "../../src/ports/sync.ts";
import { type Key, type Model, valueOf } from "./model.ts";
import { type Node, OWNER } from "./node.ts";
import { UNKNOWN_PRIORITY } from "./edits.ts";
import type { Server } from "./server.ts";

/** Milliseconds. */
const MOMENT = 1000;

type Found = ReadonlyMap<Key, string>;

type Expecting = { readonly model: Model; readonly isWild: boolean };

/** What is wrong with what all have in the end. */
export async function compare(
  nodes: readonly Node[],
  { backing, watch }: Server,
  expecting: Expecting,
): Promise<string[]> {
  const problems: string[] = [];
  for (const user of new Set(nodes.map((node) => node.user))) {
    const served = await readVisible(backing.sync(), { user, called: user }, expecting.model);
    const expected = expecting.isWild ? served : expect(served, user, expecting.model);
    problems.push(
      ...checkWhole(served),
      ...checkAccepted(served),
      ...checkClocks(served, watch.latest()),
      ...(expecting.isWild ? checkValues(served, user, expecting.model) : []),
      ...findDifferences("the server", served, expected),
    );
    for (const node of nodes.filter((each) => each.user === user)) {
      const found = await readVisible(node.opened.sync, { user: OWNER, called: user }, expecting.model);
      const { unsent, rejected } = await node.openReplica().backlog();
      // What it has edited of a task that was purged stays with it alone.
      const own = new Set(rejected.map(({ id }) => id).filter((id) => expecting.model.isPurged(user, id)));
      problems.push(...findDifferences(node.name, without(found, own), without(expected, own)));
      if (unsent > 0 || rejected.length > own.size)
        problems.push(`${node.name} has ${unsent} unsent, ${rejected.length} rejected`);
    }
  }
  return problems;
}

/** All tasks of a user in a database. */
export async function readTasks(sync: SyncStore, user: string): Promise<readonly SyncedTask[]> {
  return (await sync.exchange(user, { arrivals: [], after: 0, limit: 1000, now: 0 })).tasks;
}

/** Whether these are of a task that is deleted. */
export function isDeleted({ deleted_at: at }: Registers): boolean {
  return at !== undefined && valueOf(at) !== "null";
}

/** All fields of a user who is called something else outside, but for what is deleted and may be gone at some. */
async function readVisible(
  sync: SyncStore,
  { user, called }: { readonly user: string; readonly called: string },
  model: Model,
): Promise<Found> {
  const tasks = await readTasks(sync, user);
  const visible = tasks.filter(({ id, registers }) => !model.isPurged(called, id) || !isDeleted(registers));
  return new Map(
    visible.flatMap(({ id, registers }) =>
      Object.entries(registers).map(([field, register]): [Key, string] => [`${called} ${id} ${field}`, register]),
    ),
  );
}

/** What all must have: of what was purged once and lives again what the server has. */
function expect(served: Found, user: string, model: Model): Found {
  const isPurged = ([key]: readonly [Key, string]) => model.isPurged(user, idOf(key));
  return new Map([...[...model.largest(user)].filter((each) => !isPurged(each)), ...[...served].filter(isPurged)]);
}

/** Nobody may get half a task. */
function checkWhole(served: Found): string[] {
  const ids = new Set([...served.keys()].map((key) => key.slice(0, key.lastIndexOf(" "))));
  const halves = [...ids].filter((id) => !served.has(`${id} title`) || !served.has(`${id} created_at`));
  return halves.map((id) => `the server has half of ${id}`);
}

/** What a server refuses it must not have. */
function checkAccepted(served: Found): string[] {
  const unknown = JSON.stringify(UNKNOWN_PRIORITY);
  const refused = [...served].filter(([, register]) => valueOf(register) === unknown);
  return refused.map(([key, register]) => `the server has ${register} of ${key}, which it refuses`);
}

function findDifferences(name: string, found: Found, expected: Found): string[] {
  const missing = [...expected].filter(([key, register]) => found.get(key) !== register);
  const more = [...found.keys()].filter((key) => !expected.has(key));
  return [
    ...missing.map(([key, register]) => `${name} has ${found.get(key)} of ${key}, not ${register}`),
    ...more.map((key) => `${name} has ${key}, which it should not have`),
  ];
}

/** What is from the future would win for too long. Where a server's clock was set back, each edit may be a moment behind the last. */
function checkClocks(served: Found, latest: number): string[] {
  const early = [...served].filter(([, register]) => clockTime(register) > latest + CLOCK_TOLERANCE_MS + MOMENT);
  return early.map(([key, register]) => `the server has ${register} of ${key}, which is from the future`);
}

/** With clocks that were mended on the way nobody can say whose edit of a field is the last, where several have edited it. */
function checkValues(found: Found, user: string, model: Model): string[] {
  const invented = [...found].filter(([key, register]) => !model.isValue(key, register));
  const lost = [...model.sole(user)].filter(([key, value]) => valueOf(found.get(key) ?? "") !== value);
  return [
    ...invented.map(([key, register]) => `nobody made ${register} of ${key}`),
    ...lost.map(([key, value]) => `${found.get(key)} has taken the place of ${value} of ${key}, which one alone edits`),
  ];
}

function without(found: Found, ids: ReadonlySet<string>): Found {
  return new Map([...found].filter(([key]) => !ids.has(idOf(key))));
}

function idOf(key: Key): string {
  return key.split(" ")[1] ?? "";
}
