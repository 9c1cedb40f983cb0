import { TodoError } from "../../domain/errors.ts";
import type { Argument } from "../../domain/quick-add/argument.ts";
import { keyDueShifts } from "../../domain/quick-add/due-shifts.ts";
import { joinEvery } from "../../domain/quick-add/every-words.ts";
import { explainUnclosed, splitText } from "../../domain/quick-add/split-text.ts";
import { describeStrayWords } from "../../domain/quick-add/stray-words.ts";
import { refuseStrayKeys } from "../../domain/quick-add/stray-keys.ts";
import { readTokens, refuseEmpty } from "../../domain/quick-add/tokens.ts";
import { type Understood, understand } from "../../domain/quick-add/words.ts";
import type { System } from "../../ports/system.ts";

/** A new task as it was typed, and what may not have been meant. */
export type TypedTask = { readonly title: string; readonly understood: Understood; readonly notes: readonly string[] };

/** Reads a line with the words of `todo add`. Throws as that does. */
export async function readNewTask(line: string, system: System): Promise<TypedTask> {
  const { args, literal } = await readArguments(line, system);
  const { tokens, kept } = readTokens(args, "add", system);
  refuseEmpty(tokens);
  const understood = understand(tokens, [...kept, ...literal], system);
  const { title } = understood;
  if (title === undefined) throw new TodoError("invalid_input", "title is empty");
  return { title, understood, notes: await describeStrayWords(args, understood, system) };
}

/** Reads the words of `todo edit`. Words that stand alone are a new title, which several tasks can't have. */
export async function readEdit(words: string, count: number, system: System): Promise<Understood> {
  const { args, literal } = await readArguments(words, system);
  const { tokens, kept } = readTokens(keyDueShifts(args), "edit", system);
  const strayKeys = kept.length > 0 ? refuseStrayKeys(kept.join(" ")) : undefined;
  if (strayKeys) throw strayKeys;
  const understood = understand(tokens, [...kept, ...literal], system);
  if (Object.keys(understood).length === 0) throw new TodoError("usage", "no change is given");
  if (understood.title === undefined || count === 1) return understood;
  throw new TodoError("usage", `${count} tasks can't get one title: ${understood.title}`, {
    hints: ["Write fields and tags, such as due:friday +home."],
  });
}

async function readArguments(
  text: string,
  system: System,
): Promise<{ readonly args: readonly Argument[]; readonly literal: readonly string[] }> {
  const { args, literal, unclosed } = splitText(text);
  if (unclosed) throw explainUnclosed(unclosed, text);
  return { args: await joinEvery(args, system), literal };
}
