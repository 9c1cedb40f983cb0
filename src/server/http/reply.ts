import { TodoError } from "../../domain/errors.ts";
import type { Outcome } from "../../services/tasks/change-tasks.ts";
import type { Task } from "../../domain/task/task.ts";
import { toWire } from "../../contract/task.ts";
import { etagOf } from "./etag.ts";

/** What a handler answers. `json` is text already, and `chunks` is a JSON text too large to be there at once. */
export type Reply = {
  readonly status: number;
  readonly json?: string;
  /**
   * True where `json` is sent compressed to who takes that. Not where a secret may stand beside what somebody else has chosen: its
   * length would tell whether the two are alike (BREACH, https://breachattack.com).
   */
  readonly compressed?: boolean;
  readonly chunks?: AsyncGenerator<string>;
  /** Opens a body that goes on, of the type that the headers say. Not called where nobody would read it. */
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

/** The one task of a change, whether it changed or was so already. */
export function replyWithOutcome({ changed, unchanged }: Outcome): Reply {
  const [task] = [...changed, ...unchanged];
  // A deleted account keeps a row, and writes that began earlier do nothing.
  if (!task) throw new TodoError("unauthorized", "the account was deleted");
  return replyWithTask(200, task);
}
