import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { quoteShort } from "../../domain/task/text.ts";
import { checkTitle, type Task } from "../../domain/task/task.ts";
import { addTasks } from "../../services/tasks/add-tasks.ts";
import { atLine } from "../input/at-line.ts";
import { collect, type CommandContext, defineCommand, once } from "../context.ts";
import type { Io } from "../platform/io.ts";
import { escapeControls } from "../../domain/escape.ts";
import { describeTask, printChanged, printJsonTask, printNote, printTasks, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { toArguments } from "../../domain/quick-add/argument.ts";
import { joinEvery } from "../../domain/quick-add/every-words.ts";
import { describeStrayWords } from "../../domain/quick-add/stray-words.ts";
import { listFields } from "../../domain/task/field-keys.ts";
import { describeFieldsInLines } from "../input/field-lines.ts";
import { echoRepetition } from "../output/echo-repetition.ts";
import { addFieldOptions } from "../field-options.ts";
import { toNewTask } from "../../services/tasks/resolve-links.ts";
import { readInputLines } from "../input/stdin.ts";
import { type FieldFlags, readWords } from "../input/words.ts";

type AddFlags = CommonFlags & FieldFlags & { readonly description?: string };

export function registerAdd(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "add", {
    quiet: "handles",
    summary: "add a task, or one for each line of input",
    examples: [
      "todo add Pay rent due:friday +home",
      'todo add "Call Ann" due:"tomorrow at 9" project:Work priority:high',
      "todo add -- everything here, +this and due:that too, is title",
      "printf 'milk\\nbread\\n' | todo add - +shop",
    ],
    list: true,
    writes: true,
  });
  addFieldOptions(command, { clears: false })
    .argument("[words...]", `title, ${listFields()}, +tag; - reads titles from standard input`)
    .option("--tag <tag>", "a tag; can be repeated", collect)
    .option("--description <text>", "a longer text", once("description"))
    .action((words: string[], flags: AddFlags) => add(context.start(flags), words, flags));
}

/**
 * Adds one task from the words. If the words are `-`, maybe with tags and keys for all, it adds one task for each line.
 */
export async function add(invocation: Invocation, words: readonly string[], flags: AddFlags): Promise<void> {
  const fromInput = words.includes("-");
  const { system } = invocation.io;
  const args = await joinEvery(toArguments(words.filter((word) => word !== "-")), system);
  const understood = readWords(args, invocation.literal, flags, system);
  if (fromInput && understood.title !== undefined) {
    throw new TodoError(
      "usage",
      `titles come from standard input, so ${quoteShort(understood.title)} can't be a title`,
    );
  }
  const titles = fromInput ? readTitles(invocation.io) : [requireTitle(invocation.io, understood.title)];
  const workspace = await invocation.workspace();
  const { description } = flags;
  const task = { ...(await toNewTask(workspace, understood)), ...(description !== undefined && { description }) };
  const tasks = await addTasks(
    workspace,
    titles.map((title) => ({ ...task, title })),
  );
  if (tasks.length === 0) printNote(invocation, "Standard input has no titles, so nothing was added.");
  await printAdded(invocation, tasks, fromInput);
  if (understood.every != null) await echoRepetition(invocation, tasks);
  const inLines = fromInput ? describeFieldsInLines(titles, system) : undefined;
  if (inLines !== undefined) printNote(invocation, escapeControls(inLines));
  const notes = await describeStrayWords(args, understood, system);
  for (const note of notes) printNote(invocation, escapeControls(note));
}

async function printAdded(invocation: Invocation, tasks: readonly Task[], fromInput: boolean): Promise<void> {
  const [only] = tasks;
  if (!fromInput && invocation.format === "json" && only) return printJsonTask(invocation, only);
  return invocation.isDryRun ? printPreview(invocation, tasks) : printChanged(invocation, "Added", tasks);
}

/** Prints tasks that are not added, without handles, because others will be made when they are. */
async function printPreview(invocation: Invocation, tasks: readonly Task[]): Promise<void> {
  if (invocation.format === "quiet") return;
  if (invocation.format !== "text") return printTasks(invocation, [tasks]);
  for (const task of tasks) printText(invocation, `Would add ${describeTask(invocation, task, "")}`);
}

/** Throws `invalid_input` if no word is a title, with what to type. */
function requireTitle({ input }: Io, title: string | undefined): string {
  if (title !== undefined) return title;
  const fromInput = input.isTerminal() ? [] : ["To add a task for each line of standard input: todo add -"];
  throw new TodoError("invalid_input", "title is empty", {
    hints: ["Such as: todo add Pay rent due:friday", ...fromInput],
  });
}

/** The titles on standard input. An error names its line. */
function readTitles(io: Io): string[] {
  return readInputLines(io, "titles, one a line").map(({ text, line }) => atLine(line, () => checkTitle(text)));
}
