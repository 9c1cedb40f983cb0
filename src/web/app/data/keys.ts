import { startAdding } from "./drafts.ts";
import { change, redo, undo } from "./act.ts";
import { closeDialog, dialog, openDialog } from "./dialogs.ts";
import { pool } from "./pool.ts";
import { hasSingleKeys } from "./preferences.ts";
import { goTo, type ListName, LISTS, openTask, showTask } from "./route.ts";
import { searchRequest, searchText } from "./search.ts";
import { chooseNone, chosen, focused, moveAndChoose, moveFocus, targets, toggleChosen } from "./selection.ts";

/** What keys do outside of fields and dialogs, in words for the dialog of keys. Several keys can do the same. */
export type KeyRow = { readonly keys: readonly string[]; readonly words: string; readonly run: () => void };

export const KEYS: readonly KeyRow[] = [
  { keys: ["a"], words: "Add a task", run: startAdding },
  { keys: ["/"], words: "Search", run: () => (searchRequest.value += 1) },
  { keys: ["j", "ArrowDown"], words: "Go down", run: () => moveFocus(1) },
  { keys: ["k", "ArrowUp"], words: "Go up", run: () => moveFocus(-1) },
  { keys: ["Home"], words: "Go to the first task", run: () => moveFocus("first") },
  { keys: ["End"], words: "Go to the last task", run: () => moveFocus("last") },
  { keys: ["x"], words: "Complete or reopen", run: () => closeTargets() },
  { keys: ["e"], words: "Open the task", run: () => focused.value !== null && showTask(focused.value) },
  { keys: ["s"], words: "Choose", run: () => focused.value !== null && toggleChosen(focused.value) },
  { keys: ["J"], words: "Choose and go down", run: () => moveAndChoose(1) },
  { keys: ["K"], words: "Choose and go up", run: () => moveAndChoose(-1) },
  { keys: ["t"], words: "Set when it is due", run: () => editTargets("due:") },
  { keys: ["p"], words: "Set the project", run: () => editTargets("project:") },
  { keys: ["+"], words: "Add a tag", run: () => editTargets("+") },
  { keys: ["Delete"], words: "Delete", run: () => act("delete") },
  { keys: ["z"], words: "Undo", run: () => void undo() },
  { keys: ["l"], words: "Log", run: () => goTo({ kind: "screen", screen: "log" }) },
  { keys: ["?"], words: "Keys", run: () => openDialog({ kind: "keys" }) },
  { keys: ["Escape"], words: "Leave the task, the choice, the search", run: () => leave() },
];

/** What `g` and another key go to. */
export const PLACES: Readonly<Record<string, ListName>> = {
  h: "all",
  t: "today",
  u: "upcoming",
  n: "next",
  d: "done",
};

/** Whether `g` was pressed, and the key of a place follows. */
let isGoing = false;

/** Listens to the keys of the whole page. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const action = findAction(event);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function findAction(event: KeyboardEvent): (() => void) | undefined {
  const { key, target } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && key === "k") return () => (dialog.value ? closeDialog() : openDialog({ kind: "palette" }));
  if (dialog.value || isTyping(target)) return undefined;
  if (isCommand) return key === "z" ? () => void undo() : key === "Z" ? () => void redo() : undefined;
  if (!hasSingleKeys.value && key.length === 1) return undefined;
  const wasGoing = isGoing;
  isGoing = key === "g" && !wasGoing;
  if (isGoing) return () => {};
  if (wasGoing) return goToPlace(key);
  return KEYS.find(({ keys }) => keys.includes(key))?.run ?? goToNumber(key);
}

function goToPlace(key: string): (() => void) | undefined {
  if (key === "l") return () => goTo({ kind: "screen", screen: "log" });
  const list = PLACES[key];
  return list && (() => goTo({ kind: "list", list }));
}

/** The first lists have numbers. */
function goToNumber(key: string): (() => void) | undefined {
  const list = /^[1-5]$/.test(key) ? LISTS[Number(key) - 1] : undefined;
  return list && (() => goTo({ kind: "list", list }));
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, dialog *");
}

/** Completes the tasks that a command is about, or reopens them if all are completed. */
export function closeTargets(): void {
  const isOpen = targets.value.some((id) => pool.get(id)?.completedAt === null);
  act(isOpen ? "complete" : "reopen");
}

export function act(action: "complete" | "reopen" | "delete"): void {
  if (targets.value.length > 0) void change("act", { ids: targets.value, action });
}

/** Asks for words that change the tasks that a command is about. */
export function editTargets(words: string): void {
  if (targets.value.length > 0) openDialog({ kind: "edit", words });
}

/** Leaves one thing after another: the open task, what is chosen, the search. */
function leave(): void {
  if (openTask.value !== null) showTask(null);
  else if (chosen.value.size > 0) chooseNone();
  else searchText.value = "";
}
