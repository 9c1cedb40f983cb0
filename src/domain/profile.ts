import { formatClock, NO_NODE, nextTick, tickOf } from "./task/clock.ts";
import { type Fields, mergeRegisters, type Registers, stampFields } from "./task/registers.ts";

// A profile has what is a user's and no task's, such as `filter:errands`: registers with the same merge as those of a task.

/** Stands in the place of a task's id where a profile is meant. */
export const PROFILE = "profile";

/** Maximum number of entries, those that were removed too. */
export const MAX_PROFILE_ENTRIES = 200;

/** Maximum of their bytes, as JSON. They are in the user's row, which SQLite writes anew with every change of a task. */
export const MAX_PROFILE_BYTES = 32_768;

/** Says of an entry that the profile would be beyond them. */
export const PROFILE_TOO_LARGE = `the profile would have more than ${MAX_PROFILE_ENTRIES} entries or ${MAX_PROFILE_BYTES} bytes`;

/** Registers for which there is room in a profile, and the names of the others. One that is beyond its limits may change but not grow. */
export type AdmittedEntries = { readonly admitted: Registers; readonly refused: readonly string[] };

export function admitEntries(profile: Registers, arriving: Registers): AdmittedEntries {
  let current = profile;
  const admitted: [string, string][] = [];
  const refused: string[] = [];
  for (const [name, register] of Object.entries(arriving)) {
    const merged = mergeRegisters(current, Object.fromEntries([[name, register]]));
    if (hasRoom(merged, current)) {
      current = merged;
      admitted.push([name, register]);
    } else {
      refused.push(name);
    }
  }
  return { admitted: Object.fromEntries(admitted), refused };
}

/** The profile as an edit of now (Unix milliseconds) leaves it. */
export function setEntries(profile: Registers, fields: Fields, now: number): Registers {
  const latest = Object.values(profile)
    .map(tickOf)
    .reduce((one, other) => (one > other ? one : other), 0n);
  return mergeRegisters(profile, stampFields(fields, formatClock(nextTick(latest, now), NO_NODE)));
}

/** Whether a profile is within the limits, or at least no further beyond them than it was. */
export function hasRoom(profile: Registers, before: Registers): boolean {
  const [after, now] = [measure(profile), measure(before)];
  const isSmall = after.entries <= MAX_PROFILE_ENTRIES && after.bytes <= MAX_PROFILE_BYTES;
  return isSmall || (after.entries <= now.entries && after.bytes <= now.bytes);
}

function measure(profile: Registers) {
  const bytes = new TextEncoder().encode(JSON.stringify(profile)).length;
  return { entries: Object.keys(profile).length, bytes };
}
