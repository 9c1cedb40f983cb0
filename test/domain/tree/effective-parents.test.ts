import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { effectiveParents, listUpwards, type ParentNode } from "../../../src/domain/tree/effective-parents.ts";

type Given = { readonly parent?: string; readonly at?: number; readonly isDeleted?: boolean };

/** A clock whose time is a small number, so that a larger number means a later edit. */
function clockAt(time: number): string {
  return `${time.toString(16).padStart(12, "0")}0000a1b2c3d4`;
}

function node(id: string, { parent, at = 1, isDeleted = false }: Given = {}): ParentNode {
  const value = parent ?? null;
  return { id, parent: value, parentRegister: stampFields({ parent: value }, clockAt(at))["parent"] ?? "", isDeleted };
}

function parentsOf(nodes: readonly ParentNode[]): Record<string, string | null> {
  return Object.fromEntries(effectiveParents(nodes).parents);
}

describe("the tree that tasks form", () => {
  test("has a task under the parent that it names", () => {
    expect(parentsOf([node("house"), node("van", { parent: "house" })])).toEqual({ house: null, van: "house" });
  });

  test("has the children of a deleted parent at the root, not under its parent", () => {
    const nodes = [
      node("house"),
      node("kitchen", { parent: "house", isDeleted: true }),
      node("box", { parent: "kitchen" }),
    ];
    expect(parentsOf(nodes)["box"]).toBeNull();
  });

  test("has the children of a parent that is not there at the root", () => {
    expect(parentsOf([node("box", { parent: "purged" })])).toEqual({ box: null });
  });

  test("ignores the newest edge of a ring and says which one", () => {
    const nodes = [
      node("a", { parent: "b", at: 5 }),
      node("b", { parent: "c", at: 9 }),
      node("c", { parent: "a", at: 7 }),
    ];
    const { parents, cut } = effectiveParents(nodes);
    expect(Object.fromEntries(parents)).toEqual({ a: "b", b: null, c: "a" });
    expect([...cut]).toEqual([["b", "c"]]);
  });

  test("has a task that names itself at the root", () => {
    const { parents, cut } = effectiveParents([node("a", { parent: "a" })]);
    expect([...parents]).toEqual([["a", null]]);
    expect([...cut]).toEqual([["a", "a"]]);
  });

  test("has no ring where one of its tasks was deleted", () => {
    const nodes = [node("a", { parent: "b" }), node("b", { parent: "a", isDeleted: true })];
    expect(effectiveParents(nodes).cut.size).toBe(0);
    expect(parentsOf(nodes)).toEqual({ a: null, b: "a" });
  });

  test("compares registers by bytes where two edges have one clock", () => {
    const nodes = [node("\u{1f600}", { parent: "\uffff" }), node("\uffff", { parent: "\u{1f600}" })];
    expect([...effectiveParents(nodes).cut.keys()]).toEqual(["\uffff"]);
  });

  test("has what hangs below a ring where it was", () => {
    const nodes = [
      node("a", { parent: "b", at: 1 }),
      node("b", { parent: "a", at: 2 }),
      node("leaf", { parent: "b", at: 3 }),
      node("twig", { parent: "leaf", at: 4 }),
    ];
    expect(parentsOf(nodes)).toEqual({ a: "b", b: null, leaf: "b", twig: "leaf" });
  });

  test("is found for ten thousand tasks in one chain, and in one ring", () => {
    const chain = Array.from({ length: 10_000 }, (_, at) => node(`t${at}`, { parent: `t${at + 1}`, at: at + 1 }));
    expect(effectiveParents(chain).cut.size).toBe(0);
    const ring = [...chain, node("t10000", { parent: "t0", at: 5 })];
    const { parents, cut } = effectiveParents(ring);
    expect([...cut]).toEqual([["t9999", "t10000"]]);
    expect(listUpwards("t10000", parents)).toHaveLength(10_001);
  });
});

const IDS = Array.from({ length: 12 }, (_, at) => `t${at}`);
const anyId = fc.constantFrom(...IDS);
const RUNS = { numRuns: 2_000, seed: 20_261_121 };

/** Tasks that name any parents: rings of every length, several at once, with deleted and absent parents between them. */
const anyNodes = fc
  .tuple(
    ...IDS.map((id) =>
      fc
        .record({
          parent: fc.option(fc.oneof({ weight: 9, arbitrary: anyId }, fc.constant("purged")), { nil: undefined }),
          at: fc.integer({ min: 1, max: 4 }),
          isDeleted: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
        })
        .map(({ parent, at, isDeleted }) => node(id, { at, isDeleted, ...(parent !== undefined && { parent }) })),
    ),
  )
  .map((nodes): readonly ParentNode[] => nodes);

describe("of two thousand random trees", () => {
  test("every task reaches a root, and the order of the tasks does not matter", () => {
    fc.assert(
      fc.property(
        anyNodes.chain((nodes) => fc.tuple(fc.constant(nodes), fc.shuffledSubarray([...nodes], { minLength: 12 }))),
        ([nodes, shuffled]) => {
          const { parents, cut } = effectiveParents(nodes);
          for (const { id } of nodes) expect(new Set(listUpwards(id, parents)).size).toBeLessThanOrEqual(IDS.length);
          const other = effectiveParents(shuffled);
          expect(Object.fromEntries(other.parents)).toEqual(Object.fromEntries(parents));
          expect(Object.fromEntries(other.cut)).toEqual(Object.fromEntries(cut));
        },
      ),
      RUNS,
    );
  });

  test("only an edge of a ring is ignored, and it is the newest of that ring", () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const byId = new Map(nodes.map((each) => [each.id, each]));
        const { parents, cut } = effectiveParents(nodes);
        for (const [child, parent] of cut) {
          const ring = listUpwards(parent, parents);
          expect(ring).toContain(child);
          const edges = ring.slice(0, ring.indexOf(child) + 1).map((id) => byId.get(id)?.parentRegister ?? "");
          expect(edges.toSorted().at(-1)).toBe(byId.get(child)?.parentRegister ?? "absent");
        }
        const isLive = (id: string | null) => id !== null && byId.get(id)?.isDeleted === false;
        const kept = nodes.filter(({ id, parent }) => isLive(parent) && !cut.has(id));
        for (const { id, parent } of kept) expect(parents.get(id)).toBe(parent);
      }),
      RUNS,
    );
  });

  test("no move is lost but one of those that devices made at the same time", () => {
    let rings = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyId, anyId), { minLength: 10, maxLength: 20 }),
        fc.array(fc.tuple(anyId, anyId), { minLength: 3, maxLength: 5 }),
        (earlier, concurrent) => {
          const settled = applyInTurn(new Map(IDS.map((id) => [id, node(id)])), earlier);
          const moves = concurrent.filter(([child, parent]) => !isBelow(settled, parent, child));
          const merged = new Map(settled);
          for (const [at, [child, parent]] of moves.entries()) merged.set(child, node(child, { parent, at: 100 + at }));
          const { cut } = effectiveParents([...merged.values()]);
          const moved = moves.map(([child]) => child);
          rings += cut.size;
          for (const child of cut.keys()) expect(moved).toContain(child);
        },
      ),
      RUNS,
    );
    expect(rings).toBeGreaterThan(100);
  });
});

type Tasks = ReadonlyMap<string, ParentNode>;

/** Moves that one device makes one after another. It refuses those that would make a ring. */
function applyInTurn(tasks: Tasks, moves: readonly (readonly [string, string])[]): Tasks {
  const after = new Map(tasks);
  for (const [at, [child, parent]] of moves.entries()) {
    if (!isBelow(after, parent, child)) after.set(child, node(child, { parent, at: at + 2 }));
  }
  return after;
}

/** Whether a task is another one or somewhere below it. Walks as a device does that sees no ring. */
function isBelow(tasks: Tasks, id: string, above: string): boolean {
  for (let at: string | null = id; at !== null; at = tasks.get(at)?.parent ?? null) if (at === above) return true;
  return false;
}
