import { TodoError } from "../../domain/errors.ts";

/** What `todo` alone can show on a terminal, beside saved filters. The first is the default. */
export const VIEW_NAMES = ["overview", "list", "today", "next", "upcoming", "agenda", "calendar", "tree"] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** A saved filter in the place of a view, which is a term of `todo list`, too. */
const SAVED_FILTER = /^filter:\S/;

/** The view of this name, or undefined for a saved filter. Throws `usage` for any other text, which it calls `name` and does not repeat. */
export function readView(text: string, name: string): ViewName | undefined {
  const view = VIEW_NAMES.find((known) => known === text);
  if (view !== undefined || SAVED_FILTER.test(text)) return view;
  throw new TodoError("usage", `${name} is not a known view`, {
    hints: [`Use one of ${VIEW_NAMES.join(", ")}, or filter:NAME for a saved filter.`],
  });
}
