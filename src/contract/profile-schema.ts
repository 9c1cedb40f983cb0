import { z } from "zod";
import { formatClock, NO_NODE } from "../domain/task/clock.ts";
import { stampFields } from "../domain/task/registers.ts";
import { findEntryIssue } from "./check-change.ts";

/** What is a user's and no task's, at the end of an export. */
export const wireProfile = z
  .strictObject({ profile: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) })
  .meta({ id: "Profile", description: "Saved filters and what else is yours and no task's, if there is any" });

export type WireProfile = z.output<typeof wireProfile>;

/** What is wrong with the first entry that can't be stored, or null. */
export function findProfileIssue({ profile }: WireProfile): string | null {
  for (const [name, register] of Object.entries(stampFields(profile, formatClock(0n, NO_NODE)))) {
    const issue = findEntryIssue(name, register);
    if (issue) return `profile.${issue.field}: ${issue.message}`;
  }
  return null;
}
