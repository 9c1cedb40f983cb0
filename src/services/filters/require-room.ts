import { TodoError } from "../../domain/errors.ts";
import { hasRoom, PROFILE_TOO_LARGE, setEntries } from "../../domain/profile.ts";
import type { Fields, Registers } from "../../domain/task/registers.ts";

/** The profile with these entries set at `now` (Unix milliseconds). Throws `invalid_input` if there is no room for them. */
export function requireRoom(profile: Registers, fields: Fields, now: number): Registers {
  const next = setEntries(profile, fields, now);
  if (hasRoom(next, profile)) return next;
  throw new TodoError("invalid_input", PROFILE_TOO_LARGE, {
    hints: ["Names of filters that were removed count too. Save a filter over one that you need no longer."],
  });
}
