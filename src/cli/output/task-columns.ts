/**
 * What a list can show of tasks. On a terminal a column of short texts is as wide as they are, up to `max`. If there is
 * too little room, it is made narrower, but not below `min`. Then texts are cut, or wrapped if `wraps`.
 */
export const TASK_COLUMNS = {
  handle: { shows: "the handle", min: 12, max: 12 },
  due: { shows: "when it is due", min: 10, max: 20, wraps: true },
  priority: { shows: "the priority, H, M or L on a terminal", min: 6, max: 6 },
  title: { shows: "the title, with * if there are a description or notes", min: 20, max: Infinity, wraps: true },
  project: { shows: "the project", min: 6, max: 24 },
  tags: { shows: "the tags", min: 6, max: 32 },
  scheduled: { shows: "when you mean to work on it", min: 10, max: 20, wraps: true },
  wait: { shows: "until when it is hidden", min: 10, max: 20, wraps: true },
  repeats: { shows: "how it repeats", min: 10, max: 24, wraps: true },
  estimate: { shows: "how long it takes", min: 6, max: 11, wraps: true },
  created: { shows: "when it was added", min: 11, max: 11 },
  updated: { shows: "when it was changed last", min: 11, max: 11 },
  completed: { shows: "when it was done or cancelled", min: 11, max: 11 },
  parent: { shows: "the handle of the task that it is a part of", min: 12, max: 12 },
  status: { shows: "pending, completed, cancelled, skipped or deleted", min: 9, max: 9 },
  notes: { shows: "how many notes there are", min: 5, max: 5 },
  id: { shows: "the id", min: 36, max: 36 },
} as const satisfies Readonly<Record<string, TaskColumn>>;

export type TaskColumn = {
  readonly shows: string;
  readonly min: number;
  readonly max: number;
  readonly wraps?: true;
};

export type ColumnName = keyof typeof TASK_COLUMNS;

export const COLUMN_NAMES: readonly ColumnName[] = Object.keys(TASK_COLUMNS).filter(isColumnName);

export function isColumnName(word: string): word is ColumnName {
  return Object.hasOwn(TASK_COLUMNS, word);
}
