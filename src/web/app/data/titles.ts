import type { ListName } from "./route.ts";

/** What the lists are called. */
export const LIST_TITLES: Readonly<Record<ListName, string>> = {
  all: "All open",
  today: "Today",
  upcoming: "Upcoming",
  next: "Next",
  tree: "Tree",
  "no-date": "No date",
  waiting: "Waiting",
  done: "Done",
  deleted: "Deleted",
};
