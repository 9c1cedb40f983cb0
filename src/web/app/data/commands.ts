import { foldText } from "../../../domain/task/text.ts";
import { closeDialog } from "./dialogs.ts";
import { KEYS } from "./keys.ts";
import { projects, tags } from "./lists.ts";
import { openTasks } from "./pool.ts";
import { goTo, LISTS, type Route, showTask } from "./route.ts";
import { LIST_TITLES } from "./titles.ts";

/** What the palette offers, in words, and of which kind it is. */
export type Command = { readonly kind: string; readonly words: string; readonly run: () => void };

const SHOWN = 12;
/** What only makes sense while a row has the focus. */
const ABOUT_ROWS = new Set(["Go down", "Go up", "Go to the first task", "Go to the last task", "Keys"]);

/** What fits a text: places first, then commands, then tasks. */
export function findCommands(text: string): readonly Command[] {
  const wanted = foldText(text.trim());
  const fits = ({ words }: Command) => foldText(words).includes(wanted);
  const found = [...listPlaces(), ...listActions()].filter(fits);
  // Thousands of tasks are not looked through for nothing.
  const tasks = wanted === "" ? [] : openTasks.value.filter(({ title }) => foldText(title).includes(wanted));
  return [
    ...found,
    ...tasks.slice(0, SHOWN).map(({ id, title }) => ({ kind: "Task", words: title, run: () => showTask(id) })),
  ].slice(0, SHOWN);
}

function listPlaces(): readonly Command[] {
  const place = (words: string, to: Route): Command => ({ kind: "Go to", words, run: () => goTo(to) });
  return [
    ...LISTS.map((list) => place(LIST_TITLES[list], { kind: "list", list })),
    place("Log", { kind: "screen", screen: "log" }),
    place("Settings", { kind: "screen", screen: "settings" }),
    ...projects.value.map(([name]) => place(name, { kind: "project", name })),
    ...tags.value.map(([name]) => place(`+${name}`, { kind: "tag", name })),
  ];
}

function listActions(): readonly Command[] {
  return KEYS.filter(({ words }) => !ABOUT_ROWS.has(words)).map(({ words, run }) => ({ kind: "Do", words, run }));
}

/** Runs a command when the palette is gone, so that what it opens is not closed with it. */
export function runCommand({ run }: Command): void {
  closeDialog();
  setTimeout(run);
}
