import { TodoError } from "../../domain/errors.ts";
import { cleanText, isBlank, quoteShort } from "../../domain/task/text.ts";
import { MAX_SEARCH_CHARACTERS } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import { isRef } from "../../services/tasks/find-tasks.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import { searchTitles, type TaskState } from "../../services/tasks/suggestions.ts";
import type { TaskOutput } from "../output/output.ts";
import { describeTasks } from "../output/print.ts";
import { confirm } from "./confirm.ts";

/** More could not be looked through in a terminal, and the words were too common. */
const MAX_CHOICES = 9;

/** The reference that stands for those on standard input. */
export const STANDARD_INPUT = "-";

/** The commands that change all tasks that a filter finds. */
const TAKE_FILTERS: ReadonlySet<string> = new Set(["edit", "done", "reopen", "cancel", "rm", "skip", "move"]);

/** What a command changes or shows: its name, and the state of the tasks among which it looks for words. */
export type Naming = { readonly command: string; readonly state: TaskState };

/** References to tasks. `isOne` if one task was named, and not several or as many as standard input has. */
export type NamedTasks = { readonly refs: readonly string[]; readonly isOne: boolean };

/**
 * The references, with what is none replaced by the task with these words in its title, and `-` by those on standard input.
 * On a terminal the user confirms or chooses the one with the words. Throws `not_found` with the tasks that fit if nobody can
 * be asked or none is chosen: words alone never change a task. Throws also what `readRefs` throws.
 */
export async function nameTasks(output: TaskOutput, refs: readonly string[], naming: Naming): Promise<NamedTasks> {
  if (!refs.includes(STANDARD_INPUT)) {
    const named = await nameEach(output, await joinWords(output, refs, naming.state), naming);
    return { refs: named, isOne: named.length === 1 };
  }
  // What few commands need is loaded only for them.
  const { readRefs } = await import("./read-refs.ts");
  const read = await readRefs(output);
  const named: string[] = [];
  for (const ref of refs) named.push(...(ref === STANDARD_INPUT ? read : await nameEach(output, [ref], naming)));
  return { refs: named, isOne: false };
}

/** The same for a command on one task. */
export async function nameOne(output: TaskOutput, ref: string, naming: Naming): Promise<string> {
  const [named = ref] = await nameEach(output, [ref], naming);
  return named;
}

async function nameEach(output: TaskOutput, refs: readonly string[], { command, state }: Naming): Promise<string[]> {
  const named: string[] = [];
  for (const ref of refs) {
    const matches = await findNamed(output, ref, state);
    if (matches.length === 0 && !isRef(ref)) await refuseFilter(ref, command);
    named.push(matches.length === 0 ? ref : (await choose(output, ref, matches)).id);
  }
  return named;
}

/** Throws `not_found` for a filter term in the place of a task, with the way from a filter to tasks. */
async function refuseFilter(ref: string, command: string): Promise<void> {
  // What knows filters is large, and most commands have none.
  const { isTerm } = await import("../../domain/query/filter/keys.ts");
  if (!isTerm(ref)) return;
  const term = /^[^'\p{Cc}]+$/u.test(ref) ? ref : "+home";
  const hint = TAKE_FILTERS.has(command)
    ? `For all that a filter finds: todo ${command} --where '${term}'`
    : `For all that a filter finds: todo list -q '${term}' | todo ${command} -`;
  throw new TodoError("not_found", `no task ${quoteShort(ref)}`, { hints: [hint] });
}

/** `todo done pay rent` means one task if its title has both words in a row. */
async function joinWords(output: TaskOutput, refs: readonly string[], state: TaskState): Promise<readonly string[]> {
  if (refs.length < 2 || refs.some(isRef)) return refs;
  const joined = refs.join(" ");
  return (await findNamed(output, joined, state)).length > 0 ? [joined] : refs;
}

async function findNamed(output: TaskOutput, name: string, state: TaskState): Promise<readonly Task[]> {
  if (isRef(name) || isBlank(name)) return [];
  const text = cleanText("name", name, MAX_SEARCH_CHARACTERS);
  return searchTitles(await output.workspace(), state, text, MAX_CHOICES);
}

async function choose(output: TaskOutput, name: string, matches: readonly Task[]): Promise<Task> {
  const { io } = output;
  const shorten = await shortenHandles(await output.workspace(), matches);
  const lines = await describeTasks(output, matches);
  const chosen = io.input.isTerminal() ? ask(output, matches, lines) : undefined;
  if (chosen) return chosen;
  throw new TodoError("not_found", `no task ${quoteShort(name)}`, {
    hints: io.input.isTerminal()
      ? []
      : ["It is in the title of:", ...matches.map((task) => `${shorten(task)}  ${task.title}`)],
  });
}

/** One match is confirmed, of several one is chosen by its number. */
function ask(output: TaskOutput, matches: readonly Task[], lines: readonly string[]): Task | undefined {
  const { io } = output;
  const [match, another] = matches;
  if (!another) return confirm(output, `${lines.join("")}\nDo you mean this task?`) ? match : undefined;
  io.err.write(lines.map((line, at) => `${at + 1}  ${line}\n`).join(""));
  io.err.write(`Which one? [1-${matches.length}] `);
  const answer = io.input.readLine();
  if (answer === null) io.err.write("\n");
  return matches[Number(answer?.trim() || "0") - 1];
}
