import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { clockNode, formatClock, nextTick, tickOf } from "../../../src/domain/task/clock.ts";
import { stampFields, WALL_CLOCK } from "../../../src/domain/task/registers.ts";
import { at, type TestUser, newId, only, OPENING } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

const YEAR = 365 * 24 * 3_600_000;
const OTHER_NODE = "0000beef";

/** Something that moves a user's clock: an edit at a wall time, or the arrival of another device's clock. */
type Move = { readonly now: number } | { readonly seen: bigint };

const moment = fc.constantFrom(OPENING, OPENING + 1, OPENING - 60_000, OPENING + 60_000, OPENING + YEAR);
const counter = fc.constantFrom(0n, 1n, 0xfffen, 0xffffn);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: moment.map((now) => ({ now })) },
  {
    weight: 1,
    arbitrary: fc.tuple(moment, counter).map(([time, count]) => ({ seen: (BigInt(time) << 16n) + count })),
  },
);

/** The tick under which the user's newest change was stored. */
async function edit(testUser: TestUser, now: number): Promise<bigint> {
  const id = newId();
  await testUser.commit([{ id, fields: { title: "x" } }], { now });
  const { clock, after } = only(await testUser.store.history(testUser.user, { id }));
  expect(after["title"]).toBe(`${clock}"x"`);
  return tickOf(clock);
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

async function arrive(testUser: TestUser, seen: bigint): Promise<void> {
  const registers = stampFields({ title: "theirs" }, formatClock(seen, OTHER_NODE));
  await testUser.store.merge(testUser.user, [{ id: newId(), registers }]);
}

/** The ticks that the store gives to the edits, and those that the domain says. */
async function compare(testUser: TestUser, moves: readonly Move[]): Promise<{ stored: bigint[]; said: bigint[] }> {
  const stored: bigint[] = [];
  const said: bigint[] = [];
  let last = 0n;
  for (const step of moves) {
    if ("seen" in step) {
      await arrive(testUser, step.seen);
      last = step.seen > last ? step.seen : last;
    } else {
      stored.push(await edit(testUser, step.now));
      last = nextTick(last, step.now);
      said.push(last);
    }
  }
  return { stored, said };
}

export function describeClock(newUser: NewUser): void {
  describe("the clock that a commit stores", () => {
    test.each<[string, readonly Move[]]>([
      ["edits come within one millisecond", [{ now: OPENING }, { now: OPENING }, { now: OPENING }]],
      ["the wall clock goes back", [{ now: OPENING }, { now: OPENING - 1 }, { now: OPENING - YEAR }]],
      ["the counter is full", [{ seen: (BigInt(OPENING) << 16n) + 0xffffn }, { now: OPENING }, { now: OPENING + 1 }]],
      ["the last clock is a year ahead", [{ now: OPENING + YEAR }, { now: OPENING }, { now: OPENING + 1 }]],
      ["a clock a year ahead arrives", [{ seen: BigInt(OPENING + YEAR) << 16n }, { now: OPENING }]],
      ["an old clock arrives", [{ now: OPENING }, { seen: 1n }, { now: OPENING }]],
    ])("is the tick that the domain says when %s", async (_, moves) => {
      const { stored, said } = await compare(newUser(), moves);
      expect(stored).toEqual(said);
    });

    test("is the tick that the domain says, whatever happened before", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(move, { maxLength: 6 }), async (moves) => {
          const { stored, said } = await compare(newUser(), moves);
          expect(stored).toEqual(said);
        }),
        { numRuns: 60 },
      );
    });

    test("ends with the same node every time", async () => {
      const testUser = newUser();
      await testUser.add({ title: "a" });
      await testUser.add({ title: "b" });
      const nodes = (await testUser.store.history(testUser.user, {})).map(({ clock }) => clockNode(clock));
      expect(at(nodes, 0)).toMatch(/^[0-9a-f]{8}$/);
      expect(at(nodes, 1)).toBe(at(nodes, 0));
    });

    test("is not what is shown of an edit, or of a new task, that comes after one under a clock far ahead", async () => {
      const testUser = newUser();
      const [{ id }] = await testUser.add({ title: "a" });
      const edited = async (title: string, now: number) =>
        only(await testUser.commit([{ id, fields: { title } }], { now })).updatedAt;
      expect(await edited("b", OPENING + YEAR)).toBe(timeOf(OPENING + YEAR));
      expect(await edited("c", OPENING + 1000)).toBe(timeOf(OPENING + 1000));
      const made = only(await testUser.commit([{ id: newId(), fields: { title: "d" } }], { now: OPENING + 2000 }));
      expect(made.updatedAt).toBe(timeOf(OPENING + 2000));
      // The next clock is behind no other, so the edit stands and the log keeps its order.
      expect(only(await testUser.store.get(testUser.user, [id])).title).toBe("c");
      const log = await testUser.store.history(testUser.user, {});
      expect(log.slice(0, 3).map(({ at: time }) => time)).toEqual([OPENING + 2000, OPENING + 1000, OPENING + YEAR]);
      expect(log.flatMap(({ before, after }) => Object.keys({ ...before, ...after }))).not.toContain(WALL_CLOCK);
    });

    test("is what is shown where the wall clock went back by no more than a minute", async () => {
      const testUser = newUser();
      const [{ id }] = await testUser.add({ title: "a" });
      await testUser.commit([{ id, fields: { title: "b" } }], { now: OPENING + 59_999 });
      const { updatedAt } = only(await testUser.commit([{ id, fields: { title: "c" } }], { now: OPENING }));
      expect(updatedAt).toBe(timeOf(OPENING + 59_999));
    });

    test("moves on with an edit that changes nothing, which touches no task", async () => {
      const testUser = newUser();
      const { id } = only(await testUser.commit([{ id: newId(), fields: { title: "a" } }], { now: OPENING + YEAR }));
      expect(await testUser.commit([{ id, fields: {} }], { now: OPENING })).toEqual([]);
      expect(only(await testUser.store.get(testUser.user, [id])).updatedAt).toBe(timeOf(OPENING + YEAR));
    });

    test("is past everything that the edited task has, so that an edit is never lost to a clock ahead", async () => {
      const testUser = newUser();
      const id = newId();
      const ahead = formatClock(BigInt(OPENING + YEAR) << 16n, "ffffffff");
      await testUser.store.merge(testUser.user, [{ id, registers: stampFields({ title: "theirs" }, ahead) }]);
      const edited = only(await testUser.commit([{ id, fields: { title: "mine" } }], { now: OPENING }));
      expect(edited.title).toBe("mine");
    });
  });
}
