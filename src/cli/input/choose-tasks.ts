import { TodoError } from "../../domain/errors.ts";
import type { Status } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import { formatTaskCount } from "../../domain/task/text.ts";
import type { FindTasks, Precondition } from "../../services/tasks/change-tasks.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import { findOnce } from "../../services/tasks/find-subtasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import type { TaskOutput } from "../output/output.ts";
import { printNote, printTasks } from "../output/print.ts";
import { confirmShown } from "./confirm.ts";
import { type Naming, nameTasks } from "./name-tasks.ts";

/** The options of a command that changes all tasks that a filter finds. */
export type WhereFlags = {
  readonly where?: readonly string[];
  readonly yes?: boolean;
  readonly expect?: string;
};

/** What a command does, and to which tasks it can be done. */
export type Choosing = Naming & {
  /** `Complete`, before `these 42 tasks?` */
  readonly verb: string;
  /** What is said if the user does not agree. */
  readonly refusal?: string;
  /** The status of the tasks that a filter means if it says nothing of it. */
  readonly otherwise?: Status;
  /** The order of what a filter finds, if it is not the soonest first. */
  readonly compare?: (one: Task, other: Task) => number;
  readonly resolve?: (workspace: Workspace, refs: readonly string[]) => Promise<Task[]>;
  /** True if the user is asked about several tasks that are named, too. */
  readonly asksAboutSeveral?: boolean;
  /** What is shown of tasks before the question. */
  readonly describe?: (tasks: readonly Task[]) => Promise<readonly string[]>;
};

/** The tasks that a command is about, and how it reads them for a change. */
export type ChosenTasks = {
  readonly tasks: readonly Task[];
  readonly find: FindTasks;
  /** Given if they are changed only as they were read, because a filter found them. */
  readonly requires?: Precondition;
  /** Whether a completion leaves alone what is closed, which a filter found and nobody named. */
  readonly keepsClosed?: boolean;
  /** True if one task was named, which JSON answers as an object. */
  readonly isOne: boolean;
  /** False if the user wants no questions. */
  readonly mayAsk: boolean;
};

/**
 * The tasks that references or a filter name. null if nothing is to be changed, because the filter finds no task or the user does
 * not agree, which is told. Throws `usage` if both are given or nobody can be asked, and what reading the tasks throws.
 */
export async function chooseTasks(
  output: TaskOutput,
  words: readonly string[],
  flags: WhereFlags,
  choosing: Choosing,
): Promise<ChosenTasks | null> {
  const { where, expect, yes = false } = flags;
  if (where !== undefined) {
    if (words.length > 0) throw new TodoError("usage", "name tasks or give --where, not both");
    // What few commands need is loaded only for them.
    const { chooseByFilter } = await import("./choose-by-filter.ts");
    return chooseByFilter(output, where, flags, choosing);
  }
  if (expect !== undefined) throw new TodoError("usage", "--expect is about what --where finds");
  const { resolve = resolveKeptRefs, asksAboutSeveral = false } = choosing;
  const workspace = await output.workspace();
  const { refs, isOne } = await nameTasks(output, words, choosing);
  const { tasks, find } = await findOnce(() => resolve(workspace, refs));
  const isAgreed = yes || !asksAboutSeveral || tasks.length < 2 || (await agree(output, tasks, choosing));
  return isAgreed ? { tasks, find, isOne, mayAsk: !yes } : null;
}

/** Asks about tasks that are to be changed. A dry run asks nothing. Throws `usage` if nobody can be asked. */
export async function agree(
  output: TaskOutput,
  tasks: readonly Task[],
  { verb, refusal = "Nothing was changed.", describe }: Choosing,
): Promise<boolean> {
  if (output.isDryRun) return true;
  const count = tasks.length;
  if (!output.io.input.isTerminal()) {
    const act = `${verb.toLowerCase()} ${formatTaskCount(count)}`;
    throw new TodoError("usage", `--yes is needed to ${act} without a terminal`, {
      hints: ["To see what would change, add --dry-run."],
    });
  }
  const question = `${verb} ${count === 1 ? "this task" : `these ${count} tasks`}?`;
  if (await confirmShown(output, tasks, question, describe)) return true;
  printNote(output, refusal);
  await printNothing(output);
  return false;
}

/** Programs get an answer if nothing was changed, too. */
export async function printNothing(output: TaskOutput): Promise<void> {
  if (output.format !== "text") await printTasks(output, []);
}
