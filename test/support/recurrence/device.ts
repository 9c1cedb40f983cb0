import { formatClock, nextTick, tickOf } from "../../../src/domain/task/clock.ts";
import { isCreation } from "../../../src/domain/task/fields.ts";
import {
  type Fields,
  mergeRegisters,
  readValue,
  readValues,
  type Registers,
  stampFields,
} from "../../../src/domain/task/registers.ts";
import { settleSeries } from "../../../src/domain/recurrence/settle.ts";
import type { TaskFields } from "../../../src/domain/recurrence/complete.ts";

type Change = { readonly id: string; readonly before: Registers; readonly after: Registers };

/** A device with its tasks, its clock and the commits that can be undone. */
export type Device = {
  readonly node: string;
  /** Whether it is of a version that knows no repeating tasks: it never settles. */
  readonly isOld: boolean;
  /** How far its clock is from the true time, in milliseconds. */
  readonly skew: number;
  readonly tasks: Map<string, Registers>;
  readonly commits: (readonly Change[])[];
  tick: bigint;
};

export function createDevice(node: string, { isOld = false, skew = 0 } = {}): Device {
  return { node, isOld, skew, tasks: new Map(), commits: [], tick: 0n };
}

export function fieldsOf({ tasks }: Device, id: string): Fields {
  return readValues(tasks.get(id) ?? {});
}

export function isThere({ tasks }: Device, id: string): boolean {
  const registers = tasks.get(id);
  return registers !== undefined && readValue(registers["deleted_at"]) === null;
}

/** Edits tasks in one commit. */
export function commit(device: Device, time: number, edits: readonly TaskFields[]): void {
  device.tick = nextTick(device.tick, time + device.skew);
  const clock = formatClock(device.tick, device.node);
  const changes = edits
    .filter(({ fields }) => Object.keys(fields).length > 0)
    .map(({ id, fields }) => {
      const before = device.tasks.get(id) ?? {};
      const after = stampFields(fields, clock);
      device.tasks.set(id, mergeRegisters(before, after));
      return { id, before, after };
    });
  device.commits.push(changes);
}

/** Takes the last commit back as `todo undo` does: each field that is as it was left becomes what it was. */
export function undo(device: Device, time: number): readonly Change[] {
  const changes = device.commits.pop() ?? [];
  const at = new Date(time + device.skew).toISOString();
  commit(
    device,
    time,
    changes.map((change) => reverse(device, change, at)),
  );
  device.commits.pop();
  return changes;
}

function reverse(device: Device, change: Change, at: string): TaskFields {
  const current = fieldsOf(device, change.id);
  const after = readValues(change.after);
  if (isCreation(change)) {
    const isAsMade = Object.entries(current).every(
      ([key, value]) => key === "deleted_at" || (value || null) === (after[key] || null),
    );
    return { id: change.id, fields: isAsMade ? { deleted_at: at } : {} };
  }
  const untouched = Object.keys(after).filter((key) => (current[key] || null) === (after[key] || null));
  return {
    id: change.id,
    fields: Object.fromEntries(untouched.map((key) => [key, readValue(change.before[key])])),
  };
}

/** Takes over what another device knows of some tasks, and settles the series as sync does. */
export function receive(device: Device, from: Device, seriesId: string, children: readonly string[]): void {
  for (const [id, registers] of from.tasks) device.tasks.set(id, mergeRegisters(device.tasks.get(id) ?? {}, registers));
  if (!device.isOld) settle(device, seriesId, children);
  const clocks = [...device.tasks.values()].flatMap((registers) => Object.values(registers).map(tickOf));
  for (const tick of clocks) if (tick > device.tick) device.tick = tick;
}

/** Settles the series, and says whether that changed anything. */
export function settle({ tasks }: Device, seriesId: string, children: readonly string[]): boolean {
  const changes = settleSeries((id) => tasks.get(id), seriesId, children);
  for (const [id, registers] of changes) tasks.set(id, mergeRegisters(tasks.get(id) ?? {}, registers));
  return changes.size > 0;
}
