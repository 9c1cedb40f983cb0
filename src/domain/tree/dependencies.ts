/**
 * The ids that an open task waits for, if it were for its own fields alone. undefined for a task that is not there, deleted or
 * completed: nothing waits for such a one.
 */
export type OpenDependencies = (id: string) => readonly string[] | undefined;

/** What holds up a task. */
export type Waiting = {
  /** The open tasks that have to be done first. A task is blocked if there is one. */
  readonly waitsFor: readonly string[];
  /** The tasks that it names and that wait for it in turn. None of them blocks, or all would wait for ever. */
  readonly ring: readonly string[];
};

/** What holds up each of these tasks, in the order in which they name it. Completed tasks are left out. */
export function findWaiting(ids: Iterable<string>, dependenciesOf: OpenDependencies): Map<string, Waiting> {
  const edges = collectEdges(ids, dependenciesOf);
  const rings = findComponents(edges);
  const waiting = new Map<string, Waiting>();
  for (const id of ids) {
    const ends = edges.get(id);
    if (ends === undefined) continue;
    const isInRing = (end: string) => rings.get(end) === rings.get(id);
    waiting.set(id, { waitsFor: ends.filter((end) => !isInRing(end)), ring: ends.filter(isInRing) });
  }
  return waiting;
}

/** The edges between open tasks that can be reached from these ones. */
function collectEdges(ids: Iterable<string>, dependenciesOf: OpenDependencies): Map<string, readonly string[]> {
  const edges = new Map<string, readonly string[]>();
  const isOpen = (id: string) => dependenciesOf(id) !== undefined;
  const open = [...ids].filter(isOpen);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (edges.has(id)) continue;
    const ends = (dependenciesOf(id) ?? []).filter(isOpen);
    edges.set(id, ends);
    open.push(...ends);
  }
  return edges;
}

type Visit = { readonly id: string; readonly index: number; low: number; nextEdge: number };

/**
 * The number of the strongly connected component of each node (Tarjan, 1972): tasks with the same number wait for each other. No
 * recursion: a chain can be as long as the list of tasks.
 */
function findComponents(edges: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const visits = new Map<string, Visit>();
  const components = new Map<string, number>();
  const unassigned: Visit[] = [];
  const path: Visit[] = [];
  const enter = (id: string) => {
    const visit = { id, index: visits.size, low: visits.size, nextEdge: 0 };
    visits.set(id, visit);
    unassigned.push(visit);
    path.push(visit);
  };
  const leave = (visit: Visit) => {
    path.pop();
    const above = path.at(-1);
    if (above !== undefined) above.low = Math.min(above.low, visit.low);
    if (visit.low !== visit.index) return;
    const start = unassigned.lastIndexOf(visit);
    for (const { id } of unassigned.splice(start)) components.set(id, visit.index);
  };
  const follow = (visit: Visit, end: string) => {
    const met = visits.get(end);
    if (met === undefined) enter(end);
    else if (!components.has(end)) visit.low = Math.min(visit.low, met.index);
  };
  for (const id of edges.keys()) {
    if (!visits.has(id)) enter(id);
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const end = edges.get(visit.id)?.[visit.nextEdge];
      visit.nextEdge += 1;
      if (end === undefined) leave(visit);
      else follow(visit, end);
    }
  }
  return components;
}
