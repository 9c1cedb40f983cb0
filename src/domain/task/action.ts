/** What happened to a task, as the log names it. CLI, HTTP and sync use the same names. */
export const ACTIONS = [
  "add",
  "edit",
  "complete",
  "reopen",
  "cancel",
  "skip",
  "detach",
  "start",
  "stop",
  "note",
  "move",
  "delete",
  "restore",
  "import",
  "undo",
  "redo",
  "sync",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Names in logs that were written before these were fixed. */
const EARLIER_NAMES: Readonly<Record<string, Action>> = { done: "complete", rm: "delete" };

/** The action that a log names. A name that only a later version knows reads as an edit. */
export function readAction(text: string): Action {
  return ACTIONS.find((known) => known === text) ?? EARLIER_NAMES[text] ?? "edit";
}
