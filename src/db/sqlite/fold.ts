import type { Database } from "bun:sqlite";
import { foldText } from "../../domain/task/text.ts";
import { FOLD_SEPARATOR } from "../folded.ts";

/** The SQL function that folds the title and the description of a task. SQLite's own knows the capitals of ASCII only. */
export const FOLD_TASK = "fold_task";

/** The SQL function that looks for a long text. SQLite's own compares all of it at each place where it may begin. */
export const INCLUDES = "includes";

/**
 * They are temporary and so of one connection, because an older version and the shell of SQLite have no such function. What those
 * write is folded when it is searched, until a newer version changes it.
 */
const FOLD_WHAT_IS_WRITTEN = `
  create temp trigger if not exists fold_inserted after insert on main.tasks begin
    update tasks set folded_at = new.revision, folded = ${FOLD_TASK}(new.title, new.description) where rowid = new.rowid;
  end;
  create temp trigger if not exists fold_updated after update of registers on main.tasks begin
    update tasks set folded_at = new.revision, folded = case
      when old.folded_at = old.revision and new.registers ->> 'title' is old.registers ->> 'title'
        and new.registers ->> 'description' is old.registers ->> 'description' then old.folded
      else ${FOLD_TASK}(new.title, new.description) end
    where rowid = new.rowid;
  end`;

/** Gives a connection the functions that searches and migrations need. */
export function addTextFunctions(raw: Database): void {
  raw.function(INCLUDES, { deterministic: true }, (text, part) => (String(text).includes(String(part)) ? 1 : 0));
  raw.function(
    FOLD_TASK,
    { deterministic: true },
    (title, description) => fold(title) + FOLD_SEPARATOR + fold(description),
  );
}

/** Folds from now on whatever this connection writes. */
export function foldWrites(raw: Database): void {
  raw.run(FOLD_WHAT_IS_WRITTEN);
}

function fold(text: unknown): string {
  return typeof text === "string" ? foldText(text) : "";
}
