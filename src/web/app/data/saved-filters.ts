import type { SavedFilter } from "../../../domain/query/saved-filters.ts";
import { useReplica } from "../session/session.ts";
import { useAnswer } from "./answers.ts";
import { filtersRevision } from "./revisions.ts";

const NONE: readonly SavedFilter[] = [];

/** The saved filters, by name. */
export function useSavedFilters(): readonly SavedFilter[] {
  return useAnswer(NONE, () => useReplica().ask("filters", null), [filtersRevision.value]);
}
