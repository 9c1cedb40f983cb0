import type { Command } from "commander";
import { hasCode, TodoError, withHint } from "../../domain/errors.ts";
import { isDueShift } from "../../domain/dates/due-shift.ts";
import type { Task } from "../../domain/task/task.ts";
import { isRef, refuseDeleted, resolveKeptRefs, resolveRefs } from "../../services/tasks/find-tasks.ts";
import { editTasks, type TaskEdit } from "../../services/tasks/edit-tasks.ts";
import { collect, type CommandContext, defineCommand, once } from "../context.ts";
import { addFieldOptions } from "../field-options.ts";
import { listFields } from "../../domain/task/field-keys.ts";
import { type Argument, toArguments } from "../../domain/quick-add/argument.ts";
import { joinEvery } from "../../domain/quick-add/every-words.ts";
import { givenTwice, type Understood } from "../../domain/quick-add/words.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { echoRepetition } from "../output/echo-repetition.ts";
import { printEdits } from "../output/outcome.ts";
import { printNamed, printNote } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { resolveLinks } from "../../services/tasks/resolve-links.ts";
import { type FieldFlags, readEditWords } from "../input/words.ts";

/** Commander turns `--no-description` into `description: false`. */
type EditFlags = CommonFlags &
  FieldFlags & {
    readonly title?: string;
    readonly untag?: readonly string[];
    readonly description?: string | false;
  };

const NOTHING_CHANGED = "Nothing was changed.";

export function registerEdit(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "edit", {
    quiet: "handles",
    summary: "change tasks with words, with options or in your editor",
    examples: [
      "todo edit kqv due:monday +work not:+home",
      'todo edit kqv --title "Pay the rent" --no-project',
      "todo edit kqv bqz due+1w priority:high",
      "todo edit kqv -- all of this is the new title",
      "todo edit kqv   # opens $VISUAL or $EDITOR",
    ],
    list: true,
    writes: true,
  });
  addFieldOptions(command.option("--title <text>", "a new title", once("title")), { clears: true })
    .argument("<ref...>", `handles or ids of tasks, then words: ${listFields()}, +tag, not:+tag; due: alone removes it`)
    .option("--tag <tag>", "add a tag; can be repeated", collect)
    .option("--untag <tag>", "remove a tag; can be repeated", collect)
    .option("--description <text>", "a new description", once("description"))
    .option("--no-description", "remove the description", once("description"))
    .action((args: string[], flags: EditFlags) => edit(context.start(flags), args, flags));
}

/** Changes the tasks of the leading references as the words and flags say. Without any of these it opens the editor. */
export async function edit(invocation: Invocation, args: readonly string[], flags: EditFlags): Promise<void> {
  const { refs: names, words } = splitRefs(args);
  const { bare, ...typed } = readEdit(invocation, await joinEvery(toArguments(words), invocation.io.system), flags);
  const workspace = await invocation.workspace();
  const refs = await nameTasks(invocation, names, "kept").catch((error: unknown) => {
    throw isRef(names[0] ?? "") ? error : adviseOnOrder(error);
  });
  const tasks = await resolveRefs(workspace, refs).catch((error: unknown) => {
    throw refs.length > 1 ? adviseOnText(error) : error;
  });
  if (Object.keys(typed).length > 0) {
    refuseDeleted(tasks);
    const patch = await resolveLinks(workspace, typed);
    if (bare !== undefined) {
      const { confirmTitle } = await import("../input/confirm-title.ts");
      const isMeant = await confirmTitle(invocation, tasks, bare, patch.title ?? bare);
      if (!isMeant) return printUnchanged(invocation, tasks, refs);
    }
    // What is counted from a task's due date, or is about its occurrence, is decided again if the task is changed meanwhile.
    const counted = [patch.dueShift, patch.scheduledShift, patch.waitShift, patch.every];
    const isCounted = counted.some((value) => value !== undefined) || tasks.some((task) => task.recurrence !== null);
    const find = isCounted ? () => resolveKeptRefs(workspace, refs) : () => Promise.resolve(tasks);
    const outcome = await editTasks(workspace, find, patch);
    await printEdits(invocation, outcome, refs);
    if (patch.every != null) await echoRepetition(invocation, outcome.changed);
    return;
  }
  const [task, another] = tasks;
  if (!task || another || !invocation.io.input.isTerminal()) throw nothingToChange();
  return editOne(invocation, task, refs);
}

async function editOne(invocation: Invocation, task: Task, refs: readonly string[]): Promise<void> {
  refuseDeleted([task]);
  const { editInEditor } = await import("../input/editor.ts");
  const outcome = await editInEditor(invocation, task);
  return outcome === null ? printUnchanged(invocation, [task], refs) : printEdits(invocation, outcome, refs);
}

/** Programs get the tasks as they are. */
async function printUnchanged(invocation: Invocation, tasks: readonly Task[], refs: readonly string[]): Promise<void> {
  printNote(invocation, NOTHING_CHANGED);
  if (invocation.format !== "text") await printNamed(invocation, tasks, refs);
}

/**
 * The first argument is a reference, and so are the next ones that look like one. The stored tasks never change that
 * reading.
 */
function splitRefs(args: readonly string[]): { readonly refs: readonly string[]; readonly words: readonly string[] } {
  const end = args.findIndex((arg, at) => at > 0 && !isRef(arg));
  return end === -1 ? { refs: args, words: [] } : { refs: args.slice(0, end), words: args.slice(end) };
}

/** The change that words and flags ask for. `bare` are the words that would be a title without anybody saying so. */
function readEdit(
  { literal, io }: Invocation,
  words: readonly Argument[],
  flags: EditFlags,
): Understood & Pick<TaskEdit, "description"> & { readonly bare?: string } {
  const keyed = words.map((word) => (isDueShift(word.text) ? { ...word, text: `due:${word.text}` } : word));
  const { title: bare, removeTags = [], ...understood } = readEditWords(keyed, flags, io.system);
  const texts = bare === undefined ? literal : [bare, ...literal];
  const typed = texts.length === 0 ? undefined : texts.join(" ");
  if (typed !== undefined && flags.title !== undefined) throw givenTwice("title", flags.title, typed);
  const title = flags.title ?? typed;
  const untag = [...removeTags, ...(flags.untag ?? [])];
  return {
    ...understood,
    ...(bare !== undefined && { bare }),
    ...(title !== undefined && { title }),
    ...(untag.length > 0 && { removeTags: untag }),
    ...(flags.description !== undefined && { description: flags.description === false ? null : flags.description }),
  };
}

function nothingToChange(): TodoError {
  return new TodoError("usage", "no change is given", {
    hints: [
      "Give words or flags, such as: todo edit kqv due:monday",
      "One task alone opens in your editor on a terminal.",
    ],
  });
}

/** `todo edit due:friday kqv` has all that it needs, in an order that could mean a title. */
function adviseOnOrder(error: unknown): unknown {
  return hasCode(error, "not_found") ? withHint(error, "Handles come before words: todo edit kqv due:monday") : error;
}

/** `html` could be a handle, but is more likely a word of a title. */
function adviseOnText(error: unknown): unknown {
  if (!hasCode(error, "not_found")) return error;
  return withHint(error, "A title that begins with such a word goes behind --: todo edit kqv -- html guide");
}
