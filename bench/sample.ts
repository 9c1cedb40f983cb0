/** What an import is measured with, whatever the size of the database. */
export const IMPORTED = 10_000;

const PRIORITIES = ["high", "medium", "low", null] as const;
const PROJECTS = ["Home", "Work", "Garden", null] as const;

export type SampleTask = {
  readonly title: string;
  readonly due_date: string | null;
  readonly priority: (typeof PRIORITIES)[number];
  readonly project: (typeof PROJECTS)[number];
  readonly tags: readonly string[];
};

/** Open tasks, the same at every run: two thirds have a due date, three quarters a priority, half have tags. */
export function makeSample(size: number): SampleTask[] {
  return Array.from({ length: size }, (_, at) => ({
    title: `Task number ${at} about something or other`,
    due_date: at % 3 === 0 ? null : new Date(Date.UTC(2026, at % 12, 1 + (at % 28))).toISOString().slice(0, 10),
    priority: PRIORITIES[at % 4] ?? null,
    project: PROJECTS[at % 5] ?? null,
    tags: at % 2 === 0 ? [] : ["home", `t${at % 10}`],
  }));
}
