import type { Section } from "./sections.ts";

/** A text of `todo help` that is about no command. It is loaded when it is asked for. */
export type Topic = {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<readonly Section[]>;
};

/** The topics, in the order of the help. */
export const TOPICS: readonly Topic[] = [
  {
    name: "filters",
    summary: "how to choose the tasks that lists show",
    load: async () => (await import("./topics/filters.ts")).FILTERS,
  },
  {
    name: "layout",
    summary: "how lists look: columns, groups, templates for scripts",
    load: async () => (await import("./topics/layout.ts")).LAYOUT,
  },
  {
    name: "dates",
    summary: "how to write a due date",
    load: async () => (await import("./topics/dates.ts")).DATES,
  },
  {
    name: "repeating",
    summary: "how to write how a task repeats",
    load: async () => (await import("./topics/repeating.ts")).REPEATING,
  },
  {
    name: "environment",
    summary: "environment variables, settings and defaults",
    load: async () => (await import("./topics/environment.ts")).ENVIRONMENT,
  },
  {
    name: "exit-codes",
    summary: "what the exit code of a command means",
    load: async () => (await import("./topics/exit-codes.ts")).EXIT_CODES_TOPIC,
  },
  {
    name: "sync",
    summary: "how your devices keep the same tasks",
    load: async () => (await import("./topics/sync.ts")).SYNC,
  },
];
