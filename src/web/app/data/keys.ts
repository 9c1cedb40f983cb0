import { startAdding } from "./drafts.ts";
import { change, redo, undo } from "./act.ts";
import { pool } from "./pool.ts";
import { hasSingleKeys } from "./preferences.ts";
import { goTo, LISTS, openTask, showTask } from "./route.ts";
import { searchRequest, searchText } from "./search.ts";
import { chooseNone, focused, moveFocus, targets, toggleChosen } from "./selection.ts";

/** What single keys do outside of fields and dialogs. */
const ACTIONS: Readonly<Record<string, () => void>> = {
  a: startAdding,
  "/": () => (searchRequest.value += 1),
  j: () => moveFocus(1),
  k: () => moveFocus(-1),
  ArrowDown: () => moveFocus(1),
  ArrowUp: () => moveFocus(-1),
  Home: () => moveFocus("first"),
  End: () => moveFocus("last"),
  x: () => closeTargets(),
  s: () => focused.value !== null && toggleChosen(focused.value),
  e: () => focused.value !== null && showTask(focused.value),
  z: () => void undo(),
  l: () => goTo({ kind: "screen", screen: "log" }),
  Delete: () => act("delete"),
  Escape: () => leave(),
};

/** Listens to the keys of the whole page. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "z" && !isTyping(event.target)) {
      event.preventDefault();
      void (event.shiftKey ? redo() : undo());
    }
    if (isCommand || isTyping(event.target)) return;
    if (!hasSingleKeys.value && event.key.length === 1) return;
    const action = ACTIONS[event.key] ?? listAction(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function listAction(key: string): (() => void) | undefined {
  const list = /^[1-5]$/.test(key) ? LISTS[Number(key) - 1] : undefined;
  return list && (() => goTo({ kind: "list", list }));
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, dialog *");
}

function closeTargets(): void {
  const isOpen = targets.value.some((id) => pool.get(id)?.completedAt === null);
  act(isOpen ? "complete" : "reopen");
}

function act(action: "complete" | "reopen" | "delete"): void {
  if (targets.value.length > 0) void change("act", { ids: targets.value, action });
}

/** Leaves one thing after another: the open task, what is chosen, the search. */
function leave(): void {
  if (openTask.value !== null) showTask(null);
  else if (targets.value.length > 1) chooseNone();
  else searchText.value = "";
}
