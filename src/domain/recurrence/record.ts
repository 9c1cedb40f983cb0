import { type Fields, type Scalar, TAG_PREFIX } from "../task/registers.ts";

/** What a record takes from its series as it is. */
const COPIED_KEYS = ["title", "description", "project", "priority"] as const;

/** What a record says of its occurrence. */
export type RecordState = {
  readonly seriesId: string;
  readonly occurrence: string;
  readonly dueDate: Scalar;
  /** null for an occurrence that became a task of its own. */
  readonly completedAt: string | null;
  readonly createdAt: string;
  readonly skipped?: boolean;
  readonly cancelled?: boolean;
};

/** The fields of the record of an occurrence. `existing` are those that it has, because it may have been taken back. */
export function recordFields(series: Fields, state: RecordState, existing: Fields): Fields {
  const copied = COPIED_KEYS.map((key) => [key, series[key] ?? null] as const);
  const wanted = Object.entries({
    ...Object.fromEntries(copied),
    due_date: state.dueDate,
    completed_at: state.completedAt,
    skipped: state.skipped ?? false,
    cancelled: state.cancelled ?? false,
    ...readTags(existing, false),
    ...readTags(series, true),
  });
  return {
    // An absent field reads as null or false.
    ...Object.fromEntries(wanted.filter(([key, value]) => key in existing || (value !== null && value !== false))),
    series: state.seriesId,
    occurrence: state.occurrence,
    // Written even if it is new here: another device may have taken it back.
    deleted_at: null,
    ...(existing["created_at"] == null && { created_at: state.createdAt }),
  };
}

/** The tags that are set, with another value. */
function readTags(fields: Fields, value: boolean): Fields {
  const tags = Object.entries(fields).filter(([key, isSet]) => key.startsWith(TAG_PREFIX) && isSet === true);
  return Object.fromEntries(tags.map(([key]) => [key, value]));
}
