import { suggestOneOf } from "../../domain/nearest.ts";

/**
 * Names that Taskwarrior, td, todo.txt, Todoist, gh, git and shells have for what our commands do. Letters alone would
 * lead from `complete` to `completion`, and from `delete` nowhere. A name under several commands may mean each of them.
 */
export const NAMES_ELSEWHERE = {
  add: "new create insert capture quick",
  list: "search find grep query all pending lsa listall",
  today: "overdue",
  next: "ready urgency focus",
  agenda: "planner schedule",
  calendar: "month",
  upcoming: "soon scheduled",
  completed: "finished archive archived",
  reminders: "remind reminder notify alarms",
  show: "view cat get read open",
  edit: "modify mod change update set replace alter pri priority depri due postpone defer snooze reschedule tag untag label assign",
  done: "complete finish check close tick do resolve",
  cancel: "abandon drop wontdo",
  reopen: "uncomplete incomplete uncheck undone unfinish open",
  start: "begin timer track active",
  stop: "pause halt",
  note: "annotate comment denotate notes",
  move: "mv reorder rearrange nest reparent",
  rm: "delete del remove erase destroy discard trash purge",
  restore: "undelete recover unarchive",
  undo: "revert rollback",
  log: "history journal activity",
  context: "contexts",
  tags: "labels contexts lsc",
  projects: "project sections lsprj listproj",
  export: "dump",
  import: "load",
  serve: "server daemon api",
  signup: "register",
  login: "signin sign-in",
  logout: "signout sign-out logoff",
  sync: "synchronize synchronise push pull fetch",
  config: "settings preferences prefs configure",
  doctor: "diagnostics diagnose fsck vacuum gc compact repair",
  stats: "statistics summary burndown report reports count",
  info: "status",
  help: "man usage manual",
} as const;

const DESCRIPTION = "A longer text is the description: todo edit REF --description TEXT";
const TITLE = "To change a title: todo edit REF --title TEXT";
const REPETITION = "To repeat a task: todo add TITLE every:week, or todo edit REF every:week";
const NO_COPY = "todo copies no task. Add another one: todo add TITLE";
const NO_SHELL = "todo ends with each command.";
const NO_UPGRADE = "todo does not renew itself. Get the new version where this one came from.";

/** The answers to names for which a command alone would not do, or for which there is none. */
const ANSWERS: ReadonlyMap<string, string> = new Map([
  ["version", "Did you mean todo --version?"],
  ["describe", DESCRIPTION],
  ["append", TITLE],
  ["prepend", TITLE],
  ["rename", TITLE],
  ["recur", REPETITION],
  ["repeat", REPETITION],
  ["duplicate", NO_COPY],
  ["copy", NO_COPY],
  ["cp", NO_COPY],
  ["wait", "To hide a task until a day: todo edit REF wait:friday"],
  ["depends", "To make a task wait for another: todo edit REF depends:OTHER"],
  ["subtask", "To add a task as a part of another: todo add TITLE parent:REF"],
  ["tomorrow", "Tasks that are due tomorrow: todo list tomorrow"],
  ["week", "What is due within 7 days, day by day: todo agenda"],
  ["ids", "Whole handles, for scripts: todo list --quiet"],
  ["filters", "The terms of filters: todo help filters"],
  ["exit", NO_SHELL],
  ["quit", NO_SHELL],
  ["inbox", "Tasks without a project: todo list project:none"],
  ["init", "The first todo add makes the database."],
  ["upgrade", NO_UPGRADE],
  ["self-update", NO_UPGRADE],
]);

/** What to type here for a name that others have, empty if it is not known. */
export function suggestForName(name: string): string[] {
  const word = name.toLowerCase();
  const answer = ANSWERS.get(word);
  if (answer !== undefined) return [answer];
  const commands = Object.entries(NAMES_ELSEWHERE).filter(([, names]) => names.split(" ").includes(word));
  return suggestOneOf(commands.map(([command]) => command));
}

/** All such names, with what to type for each. */
export function listNamesElsewhere(): readonly string[] {
  return [...ANSWERS.keys(), ...Object.values(NAMES_ELSEWHERE).flatMap((names) => names.split(" "))];
}
