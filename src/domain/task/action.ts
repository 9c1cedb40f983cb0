/** What happened to a task, as the log calls it, whichever way it was asked for. */
export const ACTIONS = ["add", "edit", "complete", "reopen", "delete", "restore", "import", "undo", "sync"] as const;
export type Action = (typeof ACTIONS)[number];

/** What logs written before these names were fixed call some of them. */
const EARLIER_NAMES: Readonly<Record<string, Action>> = { done: "complete", rm: "delete" };

/** The action that a log names. One that only a later version knows is an edit. */
export function readAction(text: string): Action {
  return ACTIONS.find((known) => known === text) ?? EARLIER_NAMES[text] ?? "edit";
}
