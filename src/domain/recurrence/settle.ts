import { readValue, type Registers, stampFields, WALL_CLOCK } from "../task/registers.ts";
import { recordIdOf } from "./record-id.ts";
import { clockOf, latestClock, succeed } from "./settle-clocks.ts";
import { isLive, moveOn, readState } from "./settle-steps.ts";
import { createView, type View } from "./settle-view.ts";

/**
 * What must be merged into a repeating task, its records and its children to make them agree, by id. To be applied after
 * every merge; applied again it answers nothing. `get` must know the task, all of its records and these children.
 *
 * Every device must write the same bytes, so this is a format. `test/fixtures/settle` holds it.
 */
export function settleSeries(
  get: (id: string) => Registers | undefined,
  seriesId: string,
  childIds: readonly string[] = [],
): ReadonlyMap<string, Registers> {
  const view = createView(get);
  let hasMoved = true;
  while (hasMoved) hasMoved = moveOn(view, seriesId);
  for (const id of childIds) reopenChild(view, seriesId, id);
  for (const id of view.changes.keys()) keepWallClock(view, get(id), id);
  return view.changes;
}

/** Reopens a child that was ticked for an occurrence that is over. */
function reopenChild(view: View, seriesId: string, id: string): void {
  const state = readState(view, seriesId);
  const child = view.get(id);
  if (state === null || child === undefined || readValue(state.registers["completed_at"]) !== null) return;
  const doneFor = readValue(child["done_for"]);
  const isTicked = readValue(child["parent"]) === seriesId && readValue(child["completed_at"]) !== null;
  if (!isTicked || typeof doneFor !== "string") return;
  const clock = succeed(latestClock([child["completed_at"]]));
  const isOver = doneFor < state.occurrence || isLive(view.get(recordIdOf(seriesId, doneFor)));
  if (isOver && clock !== null) view.merge(id, stampFields({ completed_at: null }, clock));
}

/** Keeps the wall clock of the latest edit: the clocks of what settles say as little of the time as the edit's own. */
function keepWallClock(view: View, stored: Registers | undefined, id: string): void {
  const wallClock = stored?.[WALL_CLOCK];
  if (stored === undefined || wallClock === undefined) return;
  const latest = latestClock(Object.values(view.get(id) ?? {}));
  const isOfLatestEdit = clockOf(wallClock) === latestClock(Object.values(stored));
  if (isOfLatestEdit && latest !== null) view.merge(id, stampFields({ [WALL_CLOCK]: readValue(wallClock) }, latest));
}
