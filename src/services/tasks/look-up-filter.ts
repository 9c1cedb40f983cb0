import type { LocalTime } from "../../domain/dates/local-time.ts";
import { TodoError } from "../../domain/errors.ts";
import { placeError, refuseAt } from "../../domain/query/filter/errors.ts";
import { expandSaved } from "../../domain/query/filter/expand.ts";
import type { Expression, Term } from "../../domain/query/filter/expression.ts";
import {
  type Found,
  listBlockedTerms,
  listSavedTerms,
  listTaskTerms,
  type NamedTask,
} from "../../domain/query/filter/found.ts";
import { readSavedFilters } from "../../domain/query/saved-filters.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { resolveRef } from "./find-tasks.ts";
import { findBlocked } from "./tree/find-blocked.ts";
import { loadBelow } from "./tree/load-family.ts";

/** Each is looked for alone, and may have many tasks below it. */
const MAX_NAMED_TASKS = 20;

/** Each may stand for most tasks of the user, and gives their ids to the database again. */
const MAX_LONG_TERMS = 20;

/**
 * The expression with the saved filters that it names, and what its terms ask of other tasks. Throws `invalid_input`, `not_found` and
 * `ambiguous` with their places.
 */
export async function lookUp(
  parsed: Expression,
  workspace: Workspace,
  system: LocalTime,
): Promise<Found & { readonly expression: Expression }> {
  const { store, user } = workspace;
  const namesFilters = listSavedTerms(parsed).length > 0;
  const saved = namesFilters ? readSavedFilters(await store.profile(user)) : new Map();
  const expression = expandSaved(parsed, saved, system);
  const [aboutTasks, aboutBlocked] = [listTaskTerms(expression), listBlockedTerms(expression)];
  refuseMany([...aboutTasks.filter(({ key }) => key === "under"), ...aboutBlocked]);
  const tasks = await findNamed(workspace, aboutTasks);
  const blocked = aboutBlocked.length > 0 ? await findBlocked(workspace) : { blocked: [], blocking: [] };
  return { expression, system, tasks, ...blocked };
}

function refuseMany(terms: readonly Term[]): void {
  const tooMuch = terms[MAX_LONG_TERMS];
  if (!tooMuch) return;
  throw refuseAt(tooMuch.place, `a filter can ask ${MAX_LONG_TERMS} times what is blocked, ready or below a task`);
}

/** The tasks by how the terms name them. */
async function findNamed(workspace: Workspace, terms: readonly Term[]): Promise<Map<string, NamedTask>> {
  const tasks = new Map<string, NamedTask>();
  const asksBelow = new Set(terms.filter(({ key }) => key === "under").map(({ value }) => value));
  for (const term of terms) {
    if (tasks.has(term.value)) continue;
    if (tasks.size === MAX_NAMED_TASKS) throw refuseAt(term.valuePlace, `a filter can name ${MAX_NAMED_TASKS} tasks`);
    const task = await findNamedTask(workspace, term);
    const below = asksBelow.has(term.value) ? await loadBelow(workspace, [task]) : [];
    tasks.set(term.value, { id: task.id, dependsOn: task.dependsOn, below: below.map(({ id }) => id) });
  }
  return tasks;
}

async function findNamedTask(workspace: Workspace, { value, valuePlace }: Term): Promise<Task> {
  try {
    return await resolveRef(workspace, value);
  } catch (error) {
    throw error instanceof TodoError ? placeError(error, valuePlace) : error;
  }
}
