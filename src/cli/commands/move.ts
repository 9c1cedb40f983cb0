import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { compareByRank, type Place } from "../../domain/tree/order.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import { type Destination, moveTasks } from "../../services/tasks/tree/move-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, once } from "../context.ts";
import { addTaskOptions, BY_FILTER } from "../task-options.ts";
import { chooseTasks, type WhereFlags } from "../input/choose-tasks.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";

type MoveFlags = CommonFlags &
  WhereFlags & {
    readonly before?: string;
    readonly after?: string;
    readonly first?: boolean;
    readonly last?: boolean;
    readonly under?: string;
    readonly root?: boolean;
  };

export function registerMove(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "move", {
    quiet: "handles",
    summary: "put tasks in another place: under a task, or before or after one",
    notes: [ALL_OR_NONE, BY_FILTER],
    examples: [
      "todo move kqv --before bqz",
      "todo move kqv bqz --first",
      "todo move kqv --under dfg --last",
      "todo move kqv --root",
      "todo move --where '+later' --under kqv",
    ],
    list: true,
    writes: true,
  });
  addTaskOptions(command)
    .option("--before <ref>", "before this task, under its parent", once("before"))
    .option("--after <ref>", "after this task, under its parent", once("after"))
    .option("--first", "before its siblings")
    .option("--last", "after its siblings")
    .option("--under <ref>", "make it a part of this task", once("under"))
    .option("--root", "make it a task of its own")
    .action((refs: string[], flags: MoveFlags) => move(context.start(flags), refs, flags));
}

/** Moves the tasks that the references name, in their order. */
async function move(invocation: Invocation, words: readonly string[], flags: MoveFlags): Promise<void> {
  checkFlags(flags);
  const workspace = await invocation.workspace();
  const destination = await readDestination(workspace, flags);
  const chosen = await chooseTasks(invocation, words, flags, {
    command: "move",
    verb: "Move",
    state: "kept",
    // They stay among each other as they stand.
    compare: compareByRank,
  });
  if (!chosen) return;
  const outcome = await moveTasks(workspace, chosen.find, destination, chosen.requires);
  // Siblings that got a rank stand where they stood.
  return printOutcome(
    invocation,
    { ...outcome, alsoChanged: [] },
    {
      isOne: chosen.isOne,
      verb: sayVerb(invocation, "Moved", "move"),
      already: "is there already",
    },
  );
}

/** Throws `usage` unless the flags say one place. */
function checkFlags({ before, after, first, last, under, root }: MoveFlags): void {
  const places = [before, after, first, last].filter((flag) => flag !== undefined);
  const parents = [under, root].filter((flag) => flag !== undefined);
  const hints = ["Say one place, such as: todo move kqv --before bqz", "Or another parent: todo move kqv --under bqz"];
  if (places.length === 0 && parents.length === 0) throw new TodoError("usage", "no place is given", { hints });
  if (places.length > 1 || parents.length > 1) throw new TodoError("usage", "more than one place is given", { hints });
}

async function readDestination(workspace: Workspace, flags: MoveFlags): Promise<Destination> {
  const { under, root } = flags;
  const place = await readPlace(workspace, flags);
  if (root) return { parent: null, place };
  return under === undefined ? { place } : { parent: await findId(workspace, under), place };
}

async function readPlace(workspace: Workspace, { before, after, first, last }: MoveFlags): Promise<Place | undefined> {
  if (before !== undefined) return { kind: "before", id: await findId(workspace, before) };
  if (after !== undefined) return { kind: "after", id: await findId(workspace, after) };
  if (first) return { kind: "first" };
  return last ? { kind: "last" } : undefined;
}

async function findId(workspace: Workspace, ref: string): Promise<string> {
  const [task] = await resolveKeptRefs(workspace, [ref]);
  if (!task) throw new TodoError("not_found", `no task ${ref}`);
  return task.id;
}
