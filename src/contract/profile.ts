import { z } from "zod";
import { readValue, type Registers } from "../domain/task/registers.ts";

/** What is a user's and no task's, at the end of an export. */
export const wireProfile = z
  .strictObject({ profile: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })
  .meta({ id: "Profile", description: "Saved filters and what else is yours and no task's, if there is any" });

/** The entries that were not removed, or null if there are none. */
export function toWireProfile(registers: Registers): z.output<typeof wireProfile> | null {
  const values = Object.entries(registers).flatMap(([name, register]) => {
    const value = readValue(register);
    return value === null ? [] : [[name, value] as const];
  });
  return values.length === 0 ? null : { profile: Object.fromEntries(values) };
}
