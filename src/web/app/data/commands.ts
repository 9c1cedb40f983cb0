import type { SavedFilter } from "../../../domain/query/saved-filters.ts";
import { foldText } from "../../../domain/task/text.ts";
import { closeDialog } from "./dialogs.ts";
import { COMMAND_KEYS, KEYS } from "./keys.ts";
import { projects, tags } from "./lists.ts";
import { keptTasks } from "./pool.ts";
import { goTo, LISTS, type Route, showTask } from "./route.ts";
import { LIST_TITLES } from "./titles.ts";

/** What the palette offers, in words, and of which kind it is. */
export type Command = { readonly kind: string; readonly words: string; readonly run: () => void };

/** While nothing is typed there is room for what one may not know. */
const MAX_UNASKED = 60;
/** So many leave room for tasks. */
const MAX_PLACES = 8;
const MAX_TASKS = 12;

/** What only makes sense while a row has the focus, or is there already. */
const NOT_OFFERED = new Set([
  "Go down",
  "Go up",
  "Go to the first task",
  "Go to the last task",
  "Find lists, tasks and commands",
]);

/** What fits a text: places and commands first, then tasks, and of each kind what begins with the text before all else. */
export function findCommands(text: string, filters: readonly SavedFilter[]): readonly Command[] {
  const wanted = foldText(text.trim());
  const others = [...listPlaces(filters), ...listActions()];
  if (wanted === "") return others.slice(0, MAX_UNASKED);
  const fits = ({ words }: Command) => foldText(words).includes(wanted);
  const isLater = ({ words }: Command) => Number(!foldText(words).startsWith(wanted));
  const found = others.filter(fits).toSorted((one, other) => isLater(one) - isLater(other));
  return [...found.slice(0, MAX_PLACES), ...findTasks(wanted)];
}

/** Tasks whose title has a text, the open ones first. */
function findTasks(wanted: string): readonly Command[] {
  const found = keptTasks.value.filter(({ title }) => foldText(title).includes(wanted));
  const [open, closed] = [true, false].map((isOpen) => found.filter((task) => (task.completedAt === null) === isOpen));
  return [...(open ?? []), ...(closed ?? [])].slice(0, MAX_TASKS).map(({ id, title, completedAt }) => ({
    kind: completedAt === null ? "Task" : "Done",
    words: title,
    run: () => showTask(id),
  }));
}

function listPlaces(filters: readonly SavedFilter[]): readonly Command[] {
  const place = (words: string, to: Route): Command => ({ kind: "Go to", words, run: () => goTo(to) });
  return [
    ...LISTS.map((list) => place(LIST_TITLES[list], { kind: "list", list })),
    place("Log", { kind: "screen", screen: "log" }),
    place("Settings", { kind: "screen", screen: "settings" }),
    ...filters.map(({ name }) => place(name, { kind: "filter", name })),
    ...projects.value.map(([name]) => place(name, { kind: "project", name })),
    ...tags.value.map(([name]) => place(`+${name}`, { kind: "tag", name })),
  ];
}

/** `z` and the same with Ctrl are one command. */
function listActions(): readonly Command[] {
  const rows = new Map([...KEYS, ...COMMAND_KEYS].map((row) => [row.words, row]));
  return [...rows.values()]
    .filter(({ words }) => !NOT_OFFERED.has(words))
    .map(({ words, run }) => ({ kind: "Do", words, run }));
}

/** Runs a command when the palette is gone, so that what it opens is not closed with it. */
export function runCommand({ run }: Command): void {
  closeDialog();
  setTimeout(run);
}
