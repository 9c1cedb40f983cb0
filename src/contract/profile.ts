import { FILTER_PREFIX, readSavedFilters } from "../domain/query/saved-filters.ts";
import { compareBytes, readText, readValue, type Registers } from "../domain/task/registers.ts";
import type { WireProfile } from "./profile-schema.ts";

/** The entries that were not removed, by name, or null if there are none. Of two spellings of a filter only the one that counts. */
export function toWireProfile(registers: Registers): WireProfile | null {
  const counting = new Set([...readSavedFilters(registers).values()].map(({ name }) => FILTER_PREFIX + name));
  const values = Object.entries(registers).flatMap(([name, register]) => {
    const isOther = name.startsWith(FILTER_PREFIX) && readText(register) !== null && !counting.has(name);
    const value = isOther ? null : readValue(register);
    return value === null ? [] : [[name, value] as const];
  });
  if (values.length === 0) return null;
  return { profile: Object.fromEntries(values.toSorted(([one], [other]) => compareBytes(one, other))) };
}
