import type { Command } from "commander";
import { hasCode, TodoError, withHint } from "../../domain/errors.ts";
import type { Task } from "../../domain/task/task.ts";
import { quoteShort } from "../../domain/task/text.ts";
import { isRef, refuseDeleted, resolveRefs } from "../../services/tasks/find-tasks.ts";
import { editTasks, type TaskEdit } from "../../services/tasks/edit-tasks.ts";
import { collect, type CommandContext, defineCommand, once } from "../context.ts";
import { addFieldOptions } from "../field-options.ts";
import { listFields } from "../../domain/task/field-keys.ts";
import { type Argument, toArguments } from "../../domain/quick-add/argument.ts";
import { keyDueShifts } from "../../domain/quick-add/due-shifts.ts";
import { joinEvery } from "../../domain/quick-add/every-words.ts";
import { givenTwice, type Understood } from "../../domain/quick-add/words.ts";
import { addTaskOptions, BY_FILTER } from "../task-options.ts";
import { chooseTasks, type WhereFlags } from "../input/choose-tasks.ts";
import { STANDARD_INPUT } from "../input/name-tasks.ts";
import { echoRepetition } from "../output/echo-repetition.ts";
import { describeChanges, printEdits } from "../output/outcome.ts";
import { printNamed, printNote } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { resolveLinks } from "../../services/tasks/resolve-links.ts";
import { type FieldFlags, readEditWords } from "../input/words.ts";

/** Commander turns `--no-description` into `description: false`. */
type EditFlags = CommonFlags &
  WhereFlags &
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
      "todo edit --where '+shop overdue' due:today",
      "todo edit kqv   # opens $VISUAL or $EDITOR",
    ],
    notes: [BY_FILTER],
    list: true,
    writes: true,
  });
  addTaskOptions(
    command,
    `handles or ids of tasks, or - for those on standard input, then words: ${listFields()}, +tag, not:+tag; due: alone removes it`,
  );
  addFieldOptions(command.option("--title <text>", "a new title", once("title")), { clears: true })
    .option("--tag <tag>", "add a tag; can be repeated", collect)
    .option("--untag <tag>", "remove a tag; can be repeated", collect)
    .option("--description <text>", "a new description", once("description"))
    .option("--no-description", "remove the description", once("description"))
    .action((args: string[], flags: EditFlags) => edit(context.start(flags), args, flags));
}

/**
 * Changes tasks as the words and flags say. Without any of these it opens the editor. The tasks are those of the leading
 * references, unless a filter finds them: all arguments are words then.
 */
export async function edit(invocation: Invocation, args: readonly string[], flags: EditFlags): Promise<void> {
  const { refs, words } = flags.where ? { refs: [], words: args } : splitRefs(args);
  const { bare, ...typed } = readEdit(invocation, await joinEvery(toArguments(words), invocation.io.system), flags);
  if (flags.where) checkWhereEdit(typed, bare);
  const workspace = await invocation.workspace();
  const patch = await resolveLinks(workspace, typed);
  const chosen = await chooseTasks(invocation, refs, flags, {
    command: "edit",
    verb: "Change",
    state: "kept",
    resolve: resolveRefs,
    describe: (tasks) => describeEdit(invocation, tasks, patch),
  }).catch((error: unknown) => {
    throw adviseOnRefs(error, refs);
  });
  if (!chosen) return;
  const { tasks, find, requires, isOne } = chosen;
  if (Object.keys(typed).length === 0) return editInteractively(invocation, tasks, isOne);
  refuseDeleted(tasks);
  if (bare !== undefined) {
    const { confirmTitle } = await import("../input/confirm-title.ts");
    const isMeant = await confirmTitle(invocation, tasks, bare, patch.title ?? bare);
    if (!isMeant) return printUnchanged(invocation, tasks, isOne);
  }
  const findKept = async () => {
    const found = await find();
    refuseDeleted(found);
    return found;
  };
  const outcome = await editTasks(workspace, findKept, patch, requires);
  await printEdits(invocation, outcome, { isOne });
  if (patch.every != null) await echoRepetition(invocation, outcome.changed);
}

/** Throws `usage` for an edit of what a filter finds that says nothing, and for words that would be the title of them all. */
function checkWhereEdit(typed: object, bare: string | undefined): void {
  if (bare !== undefined) {
    throw new TodoError("usage", `with --where, words alone do not replace titles: ${quoteShort(bare)}`, {
      hints: ["--where takes no handles beside it. To give all of the tasks one title: --title"],
    });
  }
  if (Object.keys(typed).length === 0) throw nothingToChange();
}

/** The tasks as an edit would change them. */
async function describeEdit(invocation: Invocation, tasks: readonly Task[], patch: TaskEdit): Promise<string[]> {
  const { withoutWrites } = await import("../../services/tasks/dry-run.ts");
  const { changes } = await editTasks(withoutWrites(await invocation.workspace()), async () => tasks, patch);
  return describeChanges(invocation, tasks, changes);
}

async function editInteractively(invocation: Invocation, tasks: readonly Task[], isOne: boolean): Promise<void> {
  const [task, another] = tasks;
  if (!task || another || !invocation.io.input.isTerminal()) throw nothingToChange();
  refuseDeleted([task]);
  const { editInEditor } = await import("../input/editor.ts");
  const outcome = await editInEditor(invocation, task);
  return outcome === null ? printUnchanged(invocation, [task], isOne) : printEdits(invocation, outcome, { isOne });
}

/** Programs get the tasks as they are. */
async function printUnchanged(invocation: Invocation, tasks: readonly Task[], isOne: boolean): Promise<void> {
  printNote(invocation, NOTHING_CHANGED);
  if (invocation.format !== "text") await printNamed(invocation, tasks, isOne);
}

/**
 * The first argument is a reference, and so are the next ones that look like one. The stored tasks never change that
 * reading.
 */
function splitRefs(args: readonly string[]): { readonly refs: readonly string[]; readonly words: readonly string[] } {
  const end = args.findIndex((arg, at) => at > 0 && arg !== STANDARD_INPUT && !isRef(arg));
  return end === -1 ? { refs: args, words: [] } : { refs: args.slice(0, end), words: args.slice(end) };
}

/** The change that words and flags ask for. `bare` are the words that would be a title without anybody saying so. */
function readEdit(
  { literal, io }: Invocation,
  words: readonly Argument[],
  flags: EditFlags,
): Understood & Pick<TaskEdit, "description"> & { readonly bare?: string } {
  const { title: bare, removeTags = [], ...understood } = readEditWords(keyDueShifts(words), flags, io.system);
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

/** What may be meant by a reference that names no task. */
function adviseOnRefs(error: unknown, [first = "", ...others]: readonly string[]): unknown {
  if (!hasCode(error, "not_found") || first === STANDARD_INPUT) return error;
  // It has all that it needs, in an order that could mean a title.
  if (!isRef(first)) return withHint(error, "Handles come before words: todo edit kqv due:monday");
  // `html` could be a handle, but is more likely a word of a title.
  return others.length === 0
    ? error
    : withHint(error, "A title that begins with such a word goes behind --: todo edit kqv -- html guide");
}
