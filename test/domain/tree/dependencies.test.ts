import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { findWaiting, type Waiting } from "../../../src/domain/tree/dependencies.ts";

type Edges = Readonly<Record<string, readonly string[]>>;

/** What holds up each of the tasks that are named. A task without a line is none, or is not open. */
function waitingIn(edges: Edges, ids: readonly string[] = Object.keys(edges)): Record<string, Waiting> {
  return Object.fromEntries(findWaiting(ids, (id) => (Object.hasOwn(edges, id) ? edges[id] : undefined)));
}

const FREE: Waiting = { waitsFor: [], ring: [] };

describe("a task", () => {
  test("waits for the open tasks that it names, in their order", () => {
    expect(waitingIn({ a: ["c", "b"], b: [], c: [] })).toEqual({
      a: { waitsFor: ["c", "b"], ring: [] },
      b: FREE,
      c: FREE,
    });
  });

  test("does not wait for one that is missing, deleted or completed", () => {
    expect(waitingIn({ a: ["gone"] })).toEqual({ a: FREE });
  });

  test("does not wait through one that is completed", () => {
    expect(waitingIn({ a: ["done"], b: ["a"] })).toEqual({ a: FREE, b: { waitsFor: ["a"], ring: [] } });
  });

  test("does not wait for one that waits for it: both are marked as a ring", () => {
    expect(waitingIn({ a: ["b"], b: ["a"] })).toEqual({
      a: { waitsFor: [], ring: ["b"] },
      b: { waitsFor: [], ring: ["a"] },
    });
  });

  test("waits for a ring of others, and a ring waits for what is outside it", () => {
    expect(waitingIn({ before: ["a"], a: ["b", "after"], b: ["c"], c: ["a"], after: [] })).toEqual({
      before: { waitsFor: ["a"], ring: [] },
      a: { waitsFor: ["after"], ring: ["b"] },
      b: { waitsFor: [], ring: ["c"] },
      c: { waitsFor: [], ring: ["a"] },
      after: FREE,
    });
  });

  test("that names itself is a ring of its own", () => {
    expect(waitingIn({ a: ["a"] })).toEqual({ a: { waitsFor: [], ring: ["a"] } });
  });

  test("is told alone as it is told among all", () => {
    const edges = { a: ["b"], b: ["c"], c: ["a"], d: ["a"] };
    expect(waitingIn(edges, ["b"])).toEqual({ b: { waitsFor: [], ring: ["c"] } });
  });

  test("has an answer in a chain and in a ring of ten thousand", () => {
    const chain = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`t${at}`, [`t${at + 1}`]]));
    const waiting = waitingIn({ ...chain, t10000: [] });
    expect(Object.values(waiting).filter(({ waitsFor }) => waitsFor.length > 0)).toHaveLength(10_000);
    const ring = waitingIn({ ...chain, t10000: ["t0"] });
    expect(Object.values(ring).filter((each) => each.ring.length === 1)).toHaveLength(10_001);
  });
});

describe("of random dependencies", () => {
  const IDS = ["a", "b", "c", "d", "e", "f", "g"];
  const anyEdges = fc.dictionary(fc.constantFrom(...IDS), fc.subarray([...IDS, "gone"], { maxLength: 3 }), {
    minKeys: 1,
  });

  test("an edge is in a ring just if its other end comes back to the task", () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        for (const [id, { waitsFor, ring }] of Object.entries(waitingIn(edges))) {
          const open = (edges[id] ?? []).filter((end) => Object.hasOwn(edges, end));
          expect(ring).toEqual(open.filter((end) => reaches(edges, end, id)));
          expect(waitsFor).toEqual(open.filter((end) => !reaches(edges, end, id)));
        }
      }),
      { numRuns: 2_000, seed: 20_261_121 },
    );
  });

  test("some open task is always free to be done", () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        expect(Object.values(waitingIn(edges)).some(({ waitsFor }) => waitsFor.length === 0)).toBe(true);
      }),
      { numRuns: 2_000, seed: 20_261_121 },
    );
  });
});

/** Whether a walk along open dependencies from one task comes to another, or begins there. */
function reaches(edges: Edges, from: string, to: string, seen: ReadonlySet<string> = new Set()): boolean {
  if (from === to) return true;
  if (seen.has(from) || !Object.hasOwn(edges, from)) return false;
  return (edges[from] ?? []).some((end) => reaches(edges, end, to, new Set([...seen, from])));
}
