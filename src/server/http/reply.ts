import { TodoError } from "../../domain/errors.ts";
import type { Outcome } from "../../services/tasks/change-tasks.ts";
import type { Task } from "../../domain/task/task.ts";
import { toWire } from "../../contract/task.ts";
import { etagOf } from "./etag.ts";

/** The reply of a handler. `json` is a text already. `chunks` is a JSON text too large to hold in memory. */
export type Reply = {
  readonly status: number;
  readonly json?: string;
  /**
   * True if `json` may be sent compressed. Never true if it holds a secret beside a text that somebody else chose: the
   * length would tell whether the two are alike (BREACH, https://breachattack.com).
   */
  readonly compressed?: boolean;
  readonly chunks?: AsyncGenerator<string>;
  /** Opens an endless body, of the type in the headers. Not called if nobody would read it. */
  readonly open?: () => ReadableStream;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Any value as the body of a reply. */
export function replyWith(status: number, value: unknown): Reply {
  return { status, json: JSON.stringify(value) };
}

/** One task with its entity tag, which a client can send back as `If-Match` or `If-None-Match`. */
export function replyWithTask(status: number, task: Task, headers: Readonly<Record<string, string>> = {}) {
  const json = JSON.stringify(toWire(task));
  return { status, json, headers: { ...headers, etag: etagOf(json) } } satisfies Reply;
}

/** The one task of an outcome, changed or unchanged. If it repeats and an occurrence was closed, a header names that one. */
export function replyWithOutcome({ changed, unchanged, occurrences }: Outcome): Reply {
  const [task] = [...changed, ...unchanged];
  // A deleted account keeps a row, and writes that began earlier do nothing.
  if (!task) throw new TodoError("unauthorized", "the account was deleted");
  const closed = occurrences?.get(task.id);
  return replyWithTask(200, task, closed ? { "todo-occurrence": closed.occurrence } : {});
}
