import { MAX_PARSE_ISSUES, toWireParsed } from "../../contract/parse.ts";
import type { WireParsedText, WireParseIssue } from "../../contract/parse-schema.ts";
import type { TodoError } from "../../domain/errors.ts";
import type { Span } from "../../domain/quick-add/argument.ts";
import { joinEvery } from "../../domain/quick-add/every-words.ts";
import { explainUnclosed, splitText } from "../../domain/quick-add/split-text.ts";
import { describeStrayWords } from "../../domain/quick-add/stray-words.ts";
import { readTokens } from "../../domain/quick-add/tokens.ts";
import { understand } from "../../domain/quick-add/words.ts";
import { echoRecurrence } from "../../domain/recurrence/describe-series.ts";
import { checkTitle } from "../../domain/task/task.ts";
import type { Workspace } from "../workspace.ts";
import { asRefused, type Refused, tryTokens } from "./try-tokens.ts";

/** What stands for a title that is missing or refused. Errors name the task by it. */
const NO_TITLE = "new task";

type Title = { readonly text: string | null; readonly refused: readonly Refused[] };

/**
 * What `todo add` would store for a text with the words of a new task. Words that it would refuse are named with their places, and
 * the task is that of the others. Nothing is written.
 */
export async function parseWords(workspace: Workspace, text: string): Promise<WireParsedText> {
  const { system } = workspace;
  const { args: words, literal, unclosed } = splitText(text);
  const args = await joinEvery(words, system);
  const { tokens, kept } = readTokens(args, "add", system);
  const title = readTitle([...kept, ...literal], text);
  const { task, understood, refused } = await tryTokens(workspace, tokens, title.text ?? NO_TITLE);
  const open = unclosed ? [asRefused(explainUnclosed(unclosed, text), unclosed.key, unclosed)] : [];
  const all = [...refused, ...title.refused, ...open];
  return {
    task: toWireParsed(task, title.text),
    repeats: echoRecurrence(task, system),
    pieces: understood.toSorted(inOrder).map(({ key: field, value, at, length }) => ({ at, length, field, value })),
    notes: await describeStrayWords(args, understand(understood, [], system), system),
    issues: all
      .toSorted(inOrder)
      .slice(0, MAX_PARSE_ISSUES)
      .map((each) => describeRefused(each, text)),
  };
}

/** The words of the title, unless they can't be one. */
function readTitle(texts: readonly string[], text: string): Title {
  if (texts.length === 0) return { text: null, refused: [] };
  try {
    return { text: checkTitle(texts.join(" ")), refused: [] };
  } catch (error) {
    return { text: null, refused: [asRefused(error, "title", { at: 0, length: text.length })] };
  }
}

function describeRefused({ field, error, ...span }: Refused, text: string): WireParseIssue {
  const { message, hints } = error;
  return { ...findPlace(error, span, text), field, message, hints: [...hints] };
}

/** Where in its part of the text an error is. That is all of it if it was not read as it stands there, or lacks something at its end. */
function findPlace({ excerpt }: TodoError, part: Span, text: string): Span {
  if (!excerpt || excerpt.length === 0) return part;
  const start = text.slice(part.at, part.at + part.length).indexOf(excerpt.text);
  return start === -1 ? part : { at: part.at + start + excerpt.at, length: excerpt.length };
}

function inOrder(one: Span, other: Span): number {
  return one.at - other.at;
}
