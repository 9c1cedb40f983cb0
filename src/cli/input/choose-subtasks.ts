import type { Task } from "../../domain/task/task.ts";
import type { Subtasks } from "../../services/tasks/complete-tasks.ts";
import { shortenHandles } from "../../services/tasks/list-tasks.ts";
import type { TaskOutput } from "../output/output.ts";
import { escapeControls } from "../../domain/escape.ts";
import { printNote } from "../output/print.ts";
import { confirmShown } from "./confirm.ts";

/** More would hide what the note says. */
const MAX_NAMED = 5;

/** What a command would do with the tasks below, in words. */
type Wording = {
  /** `Complete`, before `these 3 subtasks too?` */
  readonly verb: string;
  /** What becomes of one and of several otherwise: `stays open`, `stay open`. */
  readonly kept: readonly [one: string, several: string];
  readonly mayAsk?: boolean;
};

/** Asks on a terminal whether the tasks below are included. Elsewhere they are kept, which is told with their names. */
export async function chooseSubtasks(
  output: TaskOutput,
  below: readonly Task[],
  { verb, kept, mayAsk = true }: Wording,
): Promise<Subtasks> {
  if (below.length === 0) return "keep";
  const { io, format, isDryRun } = output;
  const count = below.length === 1 ? "this subtask" : `these ${below.length} subtasks`;
  const asks = mayAsk && format === "text" && io.input.isTerminal() && !isDryRun;
  if (asks) return (await confirmShown(output, below, `${verb} ${count} too?`)) ? "include" : "keep";
  printNote(output, await describeKept(output, below, kept));
  return "keep";
}

async function describeKept(output: TaskOutput, below: readonly Task[], kept: Wording["kept"]): Promise<string> {
  const shorten = await shortenHandles(await output.workspace(), below);
  const named = below.slice(0, MAX_NAMED).map((task) => `${shorten(task)} ${escapeControls(task.title)}`);
  const more = below.length > MAX_NAMED ? [`${below.length - MAX_NAMED} more`] : [];
  const start = below.length === 1 ? `1 subtask ${kept[0]}` : `${below.length} subtasks ${kept[1]}`;
  return `${start}: ${[...named, ...more].join(", ")}. --tree includes what is below.`;
}
