import { compareBytes } from "../task/registers.ts";

/** What the tree needs of a task. */
export type ParentNode = {
  readonly id: string;
  /** The id that the task names as its parent. */
  readonly parent: string | null;
  /** The register of `parent`, clock and value: it says which of two moves came later. */
  readonly parentRegister: string;
  readonly isDeleted: boolean;
};

export type EffectiveParents = {
  /** The parent under which a task stands; null at the root. Every task reaches the root. */
  readonly parents: ReadonlyMap<string, string | null>;
  /** The edges that are ignored because they close a ring, from the child to the parent that it names. */
  readonly cut: ReadonlyMap<string, string>;
};

/**
 * The tree that tasks form. A parent that is deleted or not there counts as none. Of each ring the newest edge is ignored: two
 * devices that moved tasks at the same time made it, and an older edge was an innocent move. Nothing is written, so all devices
 * with the same registers see the same tree.
 */
export function effectiveParents(nodes: readonly ParentNode[]): EffectiveParents {
  const indexes = new Map(nodes.map(({ id }, at) => [id, at]));
  const above = nodes.map(({ parent }) => {
    const at = parent === null ? undefined : indexes.get(parent);
    return at === undefined || nodes[at]?.isDeleted ? ROOT : at;
  });
  const cut = cutRings(nodes, above);
  return {
    parents: new Map(nodes.map(({ id }, at) => [id, nodes[above[at] ?? ROOT]?.id ?? null])),
    cut: new Map(cut.map(({ id, parent }) => [id, parent ?? id])),
  };
}

/** A task and those above it, up to the root. */
export function listUpwards(id: string, parents: ReadonlyMap<string, string | null>): string[] {
  const path: string[] = [];
  for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) path.push(at);
  return path;
}

/** Stands for no parent, in a list of the places of parents. */
const ROOT = -1;

/** Sends one node of each ring to the root, the one that moved last, and answers these nodes. */
function cutRings(nodes: readonly ParentNode[], above: number[]): ParentNode[] {
  const cut: ParentNode[] = [];
  const walks = new Int32Array(nodes.length).fill(ROOT);
  for (let start = 0; start < nodes.length; start += 1) {
    let at = start;
    while (at !== ROOT && walks[at] === ROOT) {
      walks[at] = start;
      at = above[at] ?? ROOT;
    }
    // A walk that meets its own steps goes round in a ring.
    if (at === ROOT || walks[at] !== start) continue;
    const newest = findNewestEdge(at, nodes, above);
    above[newest] = ROOT;
    cut.push(...nodes.slice(newest, newest + 1));
  }
  return cut;
}

/** The node whose edge is the newest of the ring through a node. No two registers are equal: each of its nodes has another parent. */
function findNewestEdge(start: number, nodes: readonly ParentNode[], above: readonly number[]): number {
  const register = (at: number) => nodes[at]?.parentRegister ?? "";
  let newest = start;
  for (let at = above[start] ?? start; at !== start; at = above[at] ?? start) {
    if (compareBytes(register(at), register(newest)) > 0) newest = at;
  }
  return newest;
}
