import { startAdding } from "./drafts.ts";
import { change, redo, undo } from "./act.ts";
import { closeDialog, dialog, openDialog } from "./dialogs.ts";
import { pool } from "./pool.ts";
import { hasSingleKeys } from "./preferences.ts";
import { goTo, LISTS, openTask, type Route, showTask } from "./route.ts";
import { searchRequest, searchText } from "./search.ts";
import { chooseNone, chosen, focused, moveAndChoose, moveFocus, tabStop, targets, toggleChosen } from "./selection.ts";

/** What keys do, in words for the dialog of keys. Several keys can do the same. */
export type KeyRow = {
  readonly keys: readonly string[];
  readonly words: string;
  readonly run: () => void;
  /** Whether it is about the rows of a list. Beside these the keys do what they always do, such as to scroll. */
  readonly isOfRows?: true;
};

/** With Ctrl, or ⌘ on a Mac. */
export const COMMAND_KEYS: readonly KeyRow[] = [
  { keys: ["k"], words: "Find lists, tasks and commands", run: () => openDialog({ kind: "palette" }) },
  { keys: ["z"], words: "Undo", run: () => void undo() },
  { keys: ["Z", "y"], words: "Redo", run: () => void redo() },
];

const ROW_KEYS: readonly Omit<KeyRow, "isOfRows">[] = [
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
];

/** Outside of fields and dialogs. */
export const KEYS: readonly KeyRow[] = [
  { keys: ["a"], words: "Add a task", run: startAdding },
  { keys: ["/"], words: "Search", run: () => (searchRequest.value += 1) },
  ...ROW_KEYS.map((row) => ({ ...row, isOfRows: true }) as const),
  { keys: ["z"], words: "Undo", run: () => void undo() },
  { keys: ["l"], words: "Log", run: () => goTo({ kind: "screen", screen: "log" }) },
  { keys: ["?"], words: "Keys", run: () => openDialog({ kind: "keys" }) },
  { keys: ["Escape"], words: "Leave task, choice or search", run: () => leave() },
];

/** What `g` and another key go to. */
export const PLACES: Readonly<Record<string, Route>> = {
  h: { kind: "list", list: "all" },
  t: { kind: "list", list: "today" },
  u: { kind: "list", list: "upcoming" },
  n: { kind: "list", list: "next" },
  d: { kind: "list", list: "done" },
  l: { kind: "screen", screen: "log" },
};

/** The first lists have numbers. */
export const NUMBERED = LISTS.slice(0, 5);

/** How long the key of a place may come after `g`. */
const GO_MS = 2000;

/** When `g` was pressed, if that was the last key. */
let wentAt = Number.NEGATIVE_INFINITY;

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
  const { key, target, timeStamp } = event;
  const isGoing = timeStamp - wentAt < GO_MS;
  wentAt = Number.NEGATIVE_INFINITY;
  const isCommand = event.ctrlKey || event.metaKey;
  // The palette opens from everywhere, and closes by the same keys.
  if (isCommand && key === "k" && dialog.value) return closeDialog;
  if (dialog.value || (isTyping(target) && !(isCommand && key === "k"))) return undefined;
  if (isCommand) return findRow(COMMAND_KEYS, key);
  if (!hasSingleKeys.value && key.length === 1) return undefined;
  if (isGoing) return goToPlace(PLACES[key]);
  if (key === "g") return () => (wentAt = timeStamp);
  const list = NUMBERED[Number(key) - 1];
  const keys = isAtRows(target) ? KEYS : KEYS.filter(({ isOfRows }) => !isOfRows);
  return findRow(keys, key) ?? goToPlace(list && { kind: "list", list });
}

/** Whether keys are about the rows: there are some, and the focus is not in the task beside them. */
function isAtRows(target: EventTarget | null): boolean {
  const isInPanel = target instanceof HTMLElement && target.closest(".panel") !== null;
  return !isInPanel && tabStop.value !== undefined;
}

function findRow(rows: readonly KeyRow[], key: string): (() => void) | undefined {
  return rows.find(({ keys }) => keys.includes(key))?.run;
}

function goToPlace(place: Route | undefined): (() => void) | undefined {
  return place && (() => goTo(place));
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
