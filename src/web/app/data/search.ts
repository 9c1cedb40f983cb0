import { computed, effect, signal } from "@preact/signals";
import { TodoError } from "../../../domain/errors.ts";
import type { Condition } from "../../../domain/query/query.ts";
import { account, useReplica } from "../session/session.ts";
import { takeAnswer } from "./answers.ts";
import { minute } from "./clock.ts";
import { poolRevision } from "./pool.ts";
import { route } from "./route.ts";

/** What a filter asks for, or null for nothing, and what is wrong with it. */
type Reading = { readonly where: readonly Condition[] | null; readonly error: TodoError | null };

const NOTHING: Reading = { where: null, error: null };

/** What is typed into the search field. */
export const searchText = signal("");
/** Grows when the search field must take the focus. */
export const searchRequest = signal(0);

const search = signal(NOTHING);
const savedFilter = signal(NOTHING);

/** What the text asks for, or null without one. While a text is wrong, the last right one counts. */
export const searched = computed(() => search.value.where);
/** What the saved filter of this place asks for. */
export const filtered = computed(() => savedFilter.value.where);
/** What is wrong with the text, or with the saved filter of this place. */
export const searchError = computed(() => search.value.error ?? savedFilter.value.error);

/** Reads the search and the saved filter of the place whenever they, the tasks or the time change. */
export function startSearch(): void {
  const takeSearch = (next: Reading) => {
    search.value = next.error ? { ...search.value, error: next.error } : next;
  };
  effect(() => follow(searchText.value.trim(), takeSearch));
  effect(() => {
    const { value: here } = route;
    return follow(here.kind === "filter" ? `filter:"${here.name}"` : "", (next) => (savedFilter.value = next));
  });
}

/** What a filter finds can depend on other tasks and on the time, so both are read here to be told of them. */
function follow(text: string, take: (next: Reading) => void): (() => void) | undefined {
  void minute.value;
  void poolRevision.value;
  return account.value === null ? undefined : takeAnswer(readFilter(text), take);
}

async function readFilter(text: string): Promise<Reading> {
  if (text === "") return NOTHING;
  try {
    return { where: await useReplica().ask("filter", { text }), error: null };
  } catch (error) {
    if (error instanceof TodoError) return { where: null, error };
    throw error;
  }
}
