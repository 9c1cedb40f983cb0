import { MAX_PARSE_ISSUES } from "../../contract/parse.ts";
import { hasCode, TodoError } from "../../domain/errors.ts";
import type { Span } from "../../domain/quick-add/argument.ts";
import { type PlacedToken, refuseEmpty } from "../../domain/quick-add/tokens.ts";
import { understand } from "../../domain/quick-add/words.ts";
import { LIMITS, type Task } from "../../domain/task/task.ts";
import type { Store } from "../../ports/store.ts";
import type { Workspace } from "../workspace.ts";
import { createTask } from "./add-tasks.ts";
import { withoutWrites } from "./dry-run.ts";
import { toNewTask } from "./resolve-links.ts";

/** A part of a text that `todo add` would refuse, and why. */
export type Refused = Span & { readonly field: string; readonly error: TodoError };

/** What tokens add up to, and those that are refused. */
export type Tried = {
  readonly task: Task;
  readonly understood: readonly PlacedToken[];
  readonly refused: readonly Refused[];
};

/** The task that tokens would make, or, if some are refused, that of the others. Nothing is written. */
export async function tryTokens(workspace: Workspace, tokens: readonly PlacedToken[], title: string): Promise<Tried> {
  const dry = withoutWrites(rememberRefs(workspace));
  try {
    return { task: await previewTask(dry, tokens, title), understood: tokens, refused: [] };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return tryEach(dry, tokens, title);
  }
}

/** The refusal of a part of a text. Throws again what another text would not mend. */
export function asRefused(error: unknown, field: string, { at, length }: Span): Refused {
  if (!isRefusal(error)) throw error;
  return { at, length, field, error };
}

/** Tries each token with those that were understood before it, so that an error has its place. */
async function tryEach(workspace: Workspace, tokens: readonly PlacedToken[], title: string): Promise<Tried> {
  const understood: PlacedToken[] = [];
  const refused: Refused[] = [];
  let task = await previewTask(workspace, [], title);
  for (const token of tokens.toSorted((one, other) => rankOf(one) - rankOf(other))) {
    if (refused.length === MAX_PARSE_ISSUES) break;
    try {
      task = await previewTask(workspace, [...understood, token], title);
      understood.push(token);
    } catch (error) {
      refused.push(asRefused(error, token.key, token));
    }
  }
  return { task, understood, refused };
}

/** What is counted from the due date comes behind it, and what has to be looked up comes last. */
function rankOf({ key }: PlacedToken): number {
  if (key === "due") return 0;
  if (key === "every") return 1;
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
