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
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.map((node) => [node.id, standingParent(node, byId)]));
  const cut = new Map<string, string>();
  const walks = new Map<string, string>();
  for (const { id } of nodes) {
    const met = walkUp(id, parents, walks);
    if (met === null || walks.get(met) !== id) continue;
    const newest = findNewestEdge(met, parents, byId);
    cut.set(newest, parents.get(newest) ?? newest);
    parents.set(newest, null);
  }
  return { parents, cut };
}

/** A task and those above it, up to the root. */
export function listUpwards(id: string, parents: ReadonlyMap<string, string | null>): string[] {
  const path: string[] = [];
  for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) path.push(at);
  return path;
}

function standingParent({ parent }: ParentNode, byId: ReadonlyMap<string, ParentNode>): string | null {
  return parent === null || (byId.get(parent)?.isDeleted ?? true) ? null : parent;
}

/**
 * Goes up to the first task that a walk has met, and notes whose walk met each one on the way. That is one of this walk's own if
 * there is a ring. null if the root was reached.
 */
function walkUp(start: string, parents: ReadonlyMap<string, string | null>, walks: Map<string, string>): string | null {
  let at: string | null = start;
  while (at !== null && !walks.has(at)) {
    walks.set(at, start);
    at = parents.get(at) ?? null;
  }
  return at;
}

/** The child whose edge is the newest of the ring through a task. No two registers are equal: each of its tasks has another parent. */
function findNewestEdge(
  start: string,
  parents: ReadonlyMap<string, string | null>,
  byId: ReadonlyMap<string, ParentNode>,
): string {
  const register = (id: string) => byId.get(id)?.parentRegister ?? "";
  let newest = start;
  for (let at = parents.get(start) ?? start; at !== start; at = parents.get(at) ?? start) {
    if (compareBytes(register(at), register(newest)) > 0) newest = at;
  }
  return newest;
}
