import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { pickNote } from "../../domain/task/notes.ts";
import type { Task } from "../../domain/task/task.ts";
import { decodeUtf8, quoteShort } from "../../domain/task/text.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import { addNote, removeNote } from "../../services/tasks/note-tasks.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { nameOne } from "../input/name-tasks.ts";
import { readInput } from "../input/stdin.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { formatNotes } from "../output/notes.ts";
import { printEdits } from "../output/outcome.ts";
import { printNamed, printNote, printText } from "../output/print.ts";

type NoteFlags = CommonFlags & { readonly rm?: string };

export function registerNote(program: Command, context: CommandContext): void {
  defineCommand(program, "note", {
    quiet: "handles",
    summary: "add a note to a task, or list its notes",
    examples: [
      "todo note kqv The plumber calls back on Monday",
      "todo note kqv --rm 2",
      "git log -1 | todo note kqv -",
    ],
    notes: [{ paragraphs: ["Without a text it lists the notes with their numbers, the oldest first."] }],
    writes: true,
  })
    .argument("<ref>", "the handle or id of a task, or its beginning")
    .argument("[text...]", "the note; - reads it from standard input")
    .option("--rm <number>", "remove the note with this number")
    .action((ref: string, words: string[], flags: NoteFlags) => note(context.start(flags), [ref, ...words], flags));
}

async function note(invocation: Invocation, [ref = "", ...words]: readonly string[], flags: NoteFlags): Promise<void> {
  const text = readText(invocation, words);
  if (text !== undefined && flags.rm !== undefined) throw new TodoError("usage", "--rm takes no text beside it");
  const workspace = await invocation.workspace();
  const named = await nameOne(invocation, ref, { command: "note", state: "kept" });
  const find = () => resolveKeptRefs(workspace, [named]);
  const [task] = await find();
  if (!task) return;
  if (flags.rm !== undefined) {
    const { id } = pickNote(task, readPlace(flags.rm));
    return printEdits(invocation, await removeNote(workspace, find, id), { isOne: true });
  }
  if (text === undefined) return listNotes(invocation, task, named);
  const added = { id: invocation.io.system.newId(), text };
  return printEdits(invocation, await addNote(workspace, find, added), { isOne: true });
}

async function listNotes(invocation: Invocation, task: Task, ref: string): Promise<void> {
  if (invocation.format !== "text") return printNamed(invocation, [task], true);
  if (task.notes.length > 0) return printText(invocation, formatNotes(task.notes, invocation.io.system));
  printNote(invocation, `No notes yet. Add one with: todo note ${ref} TEXT`);
}

/** The text of the words, or of standard input without the line end that every program writes. */
function readText({ io, literal }: Invocation, words: readonly string[]): string | undefined {
  const texts = [...words, ...literal];
  if (texts.length === 0) return undefined;
  if (words.length !== 1 || words[0] !== "-" || literal.length > 0) return texts.join(" ");
  return decodeUtf8("standard input", readInput(io, "the note")).replace(/\r?\n$/, "");
}

function readPlace(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new TodoError("usage", `--rm takes the number of a note, not ${quoteShort(text)}`);
}
