import { MAX_PARSE_ISSUES, toWireParsed, type WireParsedText, type WireParseIssue } from "../../contract/parse.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import type { Span } from "../../domain/quick-add/argument.ts";
import { joinEvery } from "../../domain/quick-add/every-words.ts";
import { splitText, type Unclosed } from "../../domain/quick-add/split-text.ts";
import { describeStrayWords } from "../../domain/quick-add/stray-words.ts";
import { type PlacedToken, readTokens, refuseEmpty } from "../../domain/quick-add/tokens.ts";
import { understand } from "../../domain/quick-add/words.ts";
import { echoRecurrence } from "../../domain/recurrence/describe-series.ts";
import { checkTitle, LIMITS, type Task } from "../../domain/task/task.ts";
import type { Store } from "../../ports/store.ts";
import type { Workspace } from "../workspace.ts";
import { createTask } from "./add-tasks.ts";
import { withoutWrites } from "./dry-run.ts";
import { toNewTask } from "./resolve-links.ts";

/** What stands for a title that is missing or not allowed. Errors name the task by it. */
const NO_TITLE = "new task";

/** What the words of a text add up to, and what is not understood of them. */
type Reading = {
  readonly task: Task;
  readonly understood: readonly PlacedToken[];
  readonly issues: readonly WireParseIssue[];
};

type Title = { readonly text: string | null; readonly issues: readonly WireParseIssue[] };

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
  const reading = await readMost(withoutWrites(rememberRefs(workspace)), tokens, title.text ?? NO_TITLE);
  const issues = [...reading.issues, ...title.issues, ...(unclosed ? [describeUnclosed(unclosed)] : [])];
  return {
    task: toWireParsed(reading.task, title.text),
    repeats: echoRecurrence(reading.task, system),
    pieces: reading.understood
      .toSorted(inOrder)
      .map(({ key: field, value, at, length }) => ({ at, length, field, value })),
    notes: describeStrayWords(args, understand(reading.understood, [], system), system),
    issues: issues.toSorted(inOrder).slice(0, MAX_PARSE_ISSUES),
  };
}

/** The words of the title, unless they can't be one. */
function readTitle(texts: readonly string[], text: string): Title {
  if (texts.length === 0) return { text: null, issues: [] };
  try {
    return { text: checkTitle(texts.join(" ")), issues: [] };
  } catch (error) {
    return { text: null, issues: [describeRefusal(error, "title", { at: 0, length: text.length })] };
  }
}

/** The task of all tokens, or, if some are refused, that of the others. */
async function readMost(workspace: Workspace, tokens: readonly PlacedToken[], title: string): Promise<Reading> {
  try {
    return { task: await previewTask(workspace, tokens, title), understood: tokens, issues: [] };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return readEach(workspace, tokens, title);
  }
}

/** Tries each token with those that were understood before it, so that an error has its place. */
async function readEach(workspace: Workspace, tokens: readonly PlacedToken[], title: string): Promise<Reading> {
  const understood: PlacedToken[] = [];
  const issues: WireParseIssue[] = [];
  let task = await previewTask(workspace, [], title);
  for (const token of tokens.toSorted((one, other) => rankOf(one) - rankOf(other))) {
    if (issues.length === MAX_PARSE_ISSUES) break;
    try {
      task = await previewTask(workspace, [...understood, token], title);
      understood.push(token);
    } catch (error) {
      issues.push(describeRefusal(error, token.key, token));
    }
  }
  return { task, understood, issues };
}

/** What is counted from the due date comes behind it, and what has to be looked up comes last. */
function rankOf({ key }: PlacedToken): number {
  const rank = ["due", "every"].indexOf(key);
  if (rank !== -1) return rank;
  return key === "parent" || key === "depends" ? 3 : 2;
}

/** The task that the tokens would make. Throws as `todo add` would. */
async function previewTask(workspace: Workspace, tokens: readonly PlacedToken[], title: string): Promise<Task> {
  refuseEmpty(tokens);
  const understood = understand(tokens, [], workspace.system);
  refuseManyRefs(understood.dependsRefs ?? []);
  const { task } = await createTask(workspace, { ...(await toNewTask(workspace, understood)), title });
  return task;
}

/** Each is looked up by itself, and a text can name a thousand. */
function refuseManyRefs(refs: readonly string[]): void {
  const { size } = new Set(refs);
  if (size <= LIMITS.dependencies) return;
  throw new TodoError("invalid_input", `a task can have ${LIMITS.dependencies} dependencies, these are ${size}`);
}

/** The same workspace, which looks each reference up once. */
function rememberRefs({ store, ...workspace }: Workspace): Workspace {
  const found = new Map<string, Promise<Task[]>>();
  const findByPrefix: Store["findByPrefix"] = (user, prefix, limit) => {
    const key = JSON.stringify(prefix);
    const tasks = found.get(key) ?? store.findByPrefix(user, prefix, limit);
    found.set(key, tasks);
    return tasks;
  };
  return { ...workspace, store: { ...store, findByPrefix } };
}

function isRefusal(error: unknown): error is TodoError {
  return hasCode(error, "invalid_input", "usage", "not_found", "ambiguous");
}

/** Throws again what no other text would mend. */
function describeRefusal(error: unknown, field: string, { at, length }: Span): WireParseIssue {
  if (!isRefusal(error)) throw error;
  return { at, length, field, message: error.message, hints: [...error.hints] };
}

function describeUnclosed({ key, at, length }: Unclosed): WireParseIssue {
  const example = `${key}:"two words"`;
  return {
    at,
    length,
    field: key,
    message: 'the " of the value does not close',
    hints: [`Write it such as ${example}.`],
  };
}

function inOrder(one: Span, other: Span): number {
  return one.at - other.at;
}
