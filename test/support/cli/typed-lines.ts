import { HOSTILE, WORK_FILE } from "./shell-sandbox.ts";

/** What a person types, with ⇥ for Tab, and the words that `todo` must then be called with, in every shell. */
export const TYPED_LINES: readonly (readonly [keys: string, ...words: string[]])[] = [
  ["todo nothing⇥", "nothing"],
  ["todo ed⇥", "edit"],
  ["todo --db nowhere ed⇥", "--db", "nowhere", "edit"],
  ["todo ls +h⇥", "ls", "+home"],
  ["todo add Milk +h⇥", "add", "Milk", "+home"],
  ["todo list not:+h⇥", "list", "not:+home"],
  ["todo list prio⇥hi⇥", "list", "priority:high"],
  ["todo list due.be⇥tom⇥", "list", "due.before:tomorrow"],
  ["todo list due:next\\ w⇥", "list", "due:next week"],
  ["todo list --sort ti⇥", "list", "--sort", "title"],
  ["todo list --sort=ti⇥", "list", "--sort=title"],
  ["todo list --rev⇥--lim⇥5", "list", "--reverse", "--limit", "5"],
  ["todo list +h⇥--rev⇥", "list", "+home", "--reverse"],
  ["todo list 2>/dev/null +h⇥", "list", "+home"],
  ["todo list +K⇥", "list", "+Küche"],
  ["todo list +a⇥", "list", "+a:b"],
  ["todo list +a:⇥", "list", "+a:b"],
  ["todo list project:S⇥", "list", "project:Side work"],
  ["todo list project:Side\\ w⇥", "list", "project:Side work"],
  ['todo list project:"S⇥', "list", "project:Side work"],
  ["todo list project:'S⇥", "list", "project:Side work"],
  ['todo list "project:S⇥', "list", "project:Side work"],
  ["todo list 'project:S⇥", "list", "project:Side work"],
  ['todo list not:pro"ject:S⇥', "list", "not:project:Side work"],
  ['todo list project:"Side "w⇥', "list", "project:Side work"],
  ["todo add --project S⇥", "add", "--project", "Side work"],
  ["todo list +\\`⇥", "list", `+${HOSTILE.tag}`],
  ["todo list project:\\$⇥", "list", `project:${HOSTILE.project}`],
  ['todo list project:"\\$⇥', "list", `project:${HOSTILE.project}`],
  ["todo list project:'$⇥", "list", `project:${HOSTILE.project}`],
  ["todo add --project=\\$⇥", "add", `--project=${HOSTILE.project}`],
  ["todo list project:w⇥", "list", `project:${HOSTILE.quotes}`],
  ['todo list project:"w⇥', "list", `project:${HOSTILE.quotes}`],
  ["todo list 'project:w⇥", "list", `project:${HOSTILE.quotes}`],
  ["todo import m⇥", "import", WORK_FILE],
  ["todo backup m⇥", "backup", WORK_FILE],
  ["todo --db m⇥", "--db", WORK_FILE],
  ["todo --db=m⇥", `--db=${WORK_FILE}`],
  ["todo export > m⇥", "export"],
  ["todo undo m⇥", "undo", "m"],
  ["todo add -- +h⇥", "add", "--", "+h"],
];

/** The keys that a terminal sends for a typed line. */
export function keysOf(line: string): string {
  return line.replaceAll("⇥", "\t");
}
