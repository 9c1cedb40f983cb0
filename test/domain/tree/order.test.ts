import { generateKeyBetween } from "fractional-indexing";
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  compareByRank,
  isRank,
  MAX_RANK_LENGTH,
  type Place,
  planRanks,
  type Ranked,
} from "../../../src/domain/tree/order.ts";
import { refusal } from "../../support/errors.ts";

/** Siblings from their ranks; their ids are a, b, c … in the order in which they were made. */
function siblingsOf(...ranks: readonly (string | null)[]): Ranked[] {
  return ranks.map((rank, at) => ({ id: String.fromCodePoint(97 + at), rank }));
}

function apply(siblings: readonly Ranked[], writes: readonly Ranked[]): Ranked[] {
  const written = new Map(writes.map((task) => [task.id, task]));
  return siblings.map((task) => written.get(task.id) ?? task).toSorted(compareByRank);
}

function move(siblings: readonly Ranked[], id: string, place: Place): { order: string; writes: readonly Ranked[] } {
  const moved = siblings.find((task) => task.id === id) ?? { id, rank: null };
  const writes = planRanks(siblings, [moved], place);
  const order = apply([...siblings.filter((task) => task.id !== id), moved], writes);
  return { order: order.map((task) => task.id).join(""), writes };
}

describe("the order of siblings", () => {
  test("is by rank, those without one behind, in the order in which they were made", () => {
    const tasks = siblingsOf(null, "a1", null, "a0");
    expect(tasks.toSorted(compareByRank).map(({ id }) => id)).toEqual(["d", "b", "a", "c"]);
  });

  test("is by id where two devices gave the same rank", () => {
    const tasks = siblingsOf("a0", "a0");
    expect(
      tasks
        .toReversed()
        .toSorted(compareByRank)
        .map(({ id }) => id),
    ).toEqual(["a", "b"]);
  });

  test("compares ranks that no version wrote by bytes", () => {
    const tasks = siblingsOf("\u{1f600}", "\uffff", "~", "");
    expect(tasks.toSorted(compareByRank).map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
  });
});

describe("a rank", () => {
  test.each(["a0", "Zz", "a0V", "b00", "A00000000000000000000000001"])("can be %p", (text) => {
    expect(isRank(text)).toBe(true);
  });

  test.each([
    null,
    "",
    "a",
    "0",
    "a00",
    "a0!",
    "a\u0130",
    "b0",
    "zz",
    " a0",
    "a0\n",
    `A${"0".repeat(26)}`,
    `a0${"V".repeat(MAX_RANK_LENGTH)}`,
  ])("can't be %p", (text) => {
    expect(isRank(text)).toBe(false);
  });

  test("has four characters after ten thousand tasks were put last", () => {
    let last = generateKeyBetween(null, null);
    for (let made = 1; made < 10_000; made += 1) last = generateKeyBetween(last, null);
    expect(last).toHaveLength(4);
  });

  test("has 169 characters after a thousand tasks were put into one gap", () => {
    const lower = "a0";
    let upper = "a1";
    for (let made = 0; made < 1_000; made += 1) upper = generateKeyBetween(lower, upper);
    expect(upper).toHaveLength(169);
  });
});

describe("a move", () => {
  test.each([
    [{ kind: "first" }, "cabd"],
    [{ kind: "last" }, "abdc"],
    [{ kind: "before", id: "b" }, "acbd"],
    [{ kind: "after", id: "a" }, "acbd"],
    [{ kind: "after", id: "d" }, "abdc"],
  ] as const)("to %j writes one rank", (place, order) => {
    const moved = move(siblingsOf("a0", "a1", "a2", "a3"), "c", place);
    expect(moved.order).toBe(order);
    expect(moved.writes.map(({ id }) => id)).toEqual(["c"]);
  });

  test("to where a task is writes nothing", () => {
    expect(move(siblingsOf("a0", "a1"), "b", { kind: "after", id: "a" }).writes).toEqual([]);
    expect(move(siblingsOf(null, null), "a", { kind: "first" }).writes).toEqual([]);
  });

  test("to the first place writes one rank though no sibling has one", () => {
    const moved = move(siblingsOf(null, null, null), "c", { kind: "first" });
    expect(moved).toEqual({ order: "cab", writes: [{ id: "c", rank: "a0" }] });
  });

  test("behind siblings without a rank gives one to those before it, not to those after it", () => {
    const moved = move(siblingsOf(null, null, null, null), "a", { kind: "after", id: "c" });
    expect(moved.order).toBe("bcad");
    expect(moved.writes.map(({ id }) => id)).toEqual(["b", "c", "a"]);
  });

  test("to the end takes the rank away where that is its place by creation", () => {
    const moved = move(siblingsOf(null, null, "a0"), "c", { kind: "last" });
    expect(moved).toEqual({ order: "abc", writes: [{ id: "c", rank: null }] });
  });

  test("between two equal ranks gives the second one another in the same commit", () => {
    const moved = move(siblingsOf("a0", "a0", "a1"), "c", { kind: "after", id: "a" });
    expect(moved.order).toBe("acb");
    expect(moved.writes.map(({ id }) => id)).toEqual(["c", "b"]);
  });

  test("into five equal ranks gives others to all behind it", () => {
    const moved = move(siblingsOf("a0", "a0", "a0", "a0", "a0", null), "f", { kind: "after", id: "b" });
    expect(moved.order).toBe("abfcde");
    expect(moved.writes.map(({ id }) => id)).toEqual(["f", "c", "d", "e"]);
  });

  test("beside a rank that is none gives that task a good one and keeps the order", () => {
    expect(move(siblingsOf("a0", "a0!", "a2", null), "d", { kind: "after", id: "b" }).order).toBe("abdc");
    expect(move(siblingsOf("a0", "~", null, null), "d", { kind: "before", id: "b" }).order).toBe("adbc");
    expect(move(siblingsOf("", " ", "~"), "c", { kind: "first" }).order).toBe("cab");
  });

  test("of a task that is no sibling yet puts it among them", () => {
    expect(move(siblingsOf("a0", "a1"), "x", { kind: "after", id: "a" }).order).toBe("axb");
  });

  test("beside itself, or beside a task that is no sibling, is refused", () => {
    const tasks = siblingsOf("a0", "a1");
    expect(refusal(() => move(tasks, "a", { kind: "before", id: "a" })).message).toContain("beside itself");
    expect(refusal(() => move(tasks, "a", { kind: "before", id: "z" })).message).toContain("the same parent");
  });

  test("gives all ranks anew before one grows too long", () => {
    let tasks = siblingsOf("a0", "a1", "a2", null);
    let anew = 0;
    for (let turn = 0; turn < 1_500; turn += 1) {
      const [moved] = tasks.slice(2, 3);
      if (moved === undefined) throw new Error("three tasks have ranks");
      const writes = planRanks(tasks, [moved], { kind: "after", id: "a" });
      tasks = apply(tasks, writes);
      if (writes.length === 3) anew += 1;
      expect(tasks[1]).toMatchObject({ id: moved.id });
      expect(tasks.every(({ rank }) => rank === null || isRank(rank))).toBe(true);
    }
    expect(anew).toBe(1);
    expect(tasks.at(-1)).toEqual({ id: "d", rank: null });
  });

  test("brings a task to its place whatever ranks others wrote", () => {
    const anyRank = fc.oneof(
      fc.constantFrom(null, "a0", "a1", "a1V", "Zz", "", "~", "a", "a00", "\u{1f600}"),
      fc.string({ maxLength: 3 }),
    );
    const anyPlace = fc.tuple(fc.constantFrom("first", "last", "before", "after"), fc.nat(7));
    fc.assert(
      fc.property(
        fc.array(anyRank, { minLength: 2, maxLength: 8 }),
        fc.nat(7),
        anyPlace,
        (ranks, movedAt, [kind, besideAt]) => {
          const tasks = siblingsOf(...ranks);
          const moved = tasks[movedAt % tasks.length] ?? { id: "a", rank: null };
          const others = tasks.filter(({ id }) => id !== moved.id).toSorted(compareByRank);
          const beside = others[besideAt % others.length]?.id ?? "a";
          const place: Place = kind === "first" || kind === "last" ? { kind } : { kind, id: beside };
          const at = { first: 0, last: others.length, before: 0, after: 1 }[kind];
          const offset = place.kind === "before" || place.kind === "after" ? besideAt % others.length : 0;
          const wanted = others.toSpliced(at + offset, 0, moved).map(({ id }) => id);
          expect(apply(tasks, planRanks(tasks, [moved], place)).map(({ id }) => id)).toEqual(wanted);
        },
      ),
      { numRuns: 2_000, seed: 20_261_121 },
    );
  });

  test("of several keeps them in the order in which they are named, and writes what moves one by one would", () => {
    const anyRank = fc.constantFrom(null, "a0", "a1", "a1V", "Zz", "~", "a");
    const anyPlace = fc.tuple(fc.constantFrom("first", "last", "before", "after"), fc.nat(7));
    fc.assert(
      fc.property(
        fc.array(anyRank, { minLength: 3, maxLength: 8 }),
        fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 }),
        anyPlace,
        (ranks, movedAt, [kind, besideAt]) => {
          const tasks = siblingsOf(...ranks);
          const moved = movedAt.flatMap((at) => tasks[at] ?? []);
          const [first, ...rest] = moved;
          const beside = tasks.filter((task) => task !== first)[besideAt % (tasks.length - 1)]?.id ?? "";
          const place: Place = kind === "first" || kind === "last" ? { kind } : { kind, id: beside };
          let oneByOne: readonly Ranked[] = tasks.toSorted(compareByRank);
          let next = place;
          for (const { id } of first ? [first, ...rest] : []) {
            const task = oneByOne.find((each) => each.id === id);
            if (task) oneByOne = apply(oneByOne, planRanks(oneByOne, [task], next));
            if (kind !== "last") next = { kind: "after", id };
          }
          expect(apply(tasks, planRanks(tasks, moved, place))).toEqual([...oneByOne]);
        },
      ),
      { numRuns: 1_000, seed: 20_261_122 },
    );
  });
});
