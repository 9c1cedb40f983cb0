import { effect, signal } from "@preact/signals";
import { TodoError } from "../../../domain/errors.ts";
import type { Condition } from "../../../domain/query/query.ts";
import { account, useReplica } from "../session/session.ts";
import { minute } from "./clock.ts";
import { poolRevision } from "./pool.ts";
import { route } from "./route.ts";

/** What is typed into the search field. */
export const searchText = signal("");
/** What the text asks for, or null without one. While a text is wrong, the last right one counts. */
export const searched = signal<readonly Condition[] | null>(null);
/** What is wrong with the text. */
export const searchError = signal<TodoError | null>(null);
/** What the saved filter of this place asks for. */
export const filtered = signal<readonly Condition[] | null>(null);

/** Reads the search and the saved filter of the place whenever they, the tasks or the time change. */
export function startSearch(): void {
  effect(() => void follow(searchText.value.trim(), searched));
  effect(() => {
    const { value: here } = route;
    void follow(here.kind === "filter" ? `filter:"${here.name}"` : "", filtered);
  });
}

/** What a filter finds can depend on other tasks and on the time, so both are read here to be told of them. */
async function follow(text: string, target: typeof searched): Promise<void> {
  void minute.value;
  void poolRevision.value;
  if (account.value === null) return;
  try {
    target.value = text === "" ? null : await useReplica().ask("filter", { text });
    searchError.value = null;
  } catch (error) {
    if (!(error instanceof TodoError)) throw error;
    searchError.value = error;
  }
}

/** Grows when the search field must take the focus. */
export const searchRequest = signal(0);
