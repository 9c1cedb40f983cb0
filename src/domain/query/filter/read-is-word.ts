import { findWaiting } from "../../dates/waiting.ts";
import { boundOfNow, toBound } from "../../dates/bounds.ts";
import { findDueOrPlanned } from "../bands.ts";
import { type Condition, UNDATED } from "../query.ts";
import { findReady } from "../ready.ts";
import type { IS_WORDS } from "../terms.ts";
import type { Found } from "./found.ts";

const UNPLANNED: Condition = { kind: "not", condition: { kind: "dated", date: "scheduledDate" } };

/** What a task is now, as a word behind `is:` says it. */
export function toIsCondition(word: (typeof IS_WORDS)[number], found: Found): Condition {
  const { system, blocked, blocking } = found;
  switch (word) {
    case "overdue":
      return { kind: "dated", date: "dueDate", before: boundOfNow(system) };
    case "today":
      return findDueOrPlanned(toBound(system.today(), "end", system));
    case "waiting":
      return findWaiting(system);
    case "ready":
      return { kind: "and", conditions: findReady(blocked, system) };
    case "blocked":
      return { kind: "among", ids: blocked };
    case "blocking":
      return { kind: "among", ids: blocking };
    case "active":
      return { kind: "has", part: "startedAt" };
    case "repeating":
      return { kind: "has", part: "recurrence" };
    case "occurrence":
      return { kind: "has", part: "record" };
    case "subtask":
      return { kind: "not", condition: { kind: "root" } };
    case "someday":
      return { kind: "and", conditions: [UNDATED, UNPLANNED] };
  }
}
