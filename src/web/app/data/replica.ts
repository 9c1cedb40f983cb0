import { TodoError } from "../../../domain/errors.ts";
import type { Failure, FromWorker, MethodName, Methods, Notice } from "../../protocol.ts";
import { scriptUrl } from "../scripts.ts";

/** The worker that has the database of the account. */
export type Replica = {
  /** Throws TodoError. If it is about a place in a text, its first issue has that. */
  readonly ask: <Name extends MethodName>(name: Name, takes: Methods[Name]["takes"]) => Promise<Methods[Name]["gives"]>;
  readonly end: () => void;
};

/** Starts the worker. It opens no database yet. */
export function startReplica(onNotice: (notice: Notice) => void): Replica {
  const worker = new Worker(scriptUrl("app/worker.js"), { type: "module", name: "todo" });
  const waiting = new Map<number, (event: MessageEvent) => void>();
  let last = 0;
  worker.addEventListener("message", (event: MessageEvent<FromWorker>) => {
    const { data } = event;
    if (data.kind !== "answer" && data.kind !== "failure") return onNotice(data);
    waiting.get(data.id)?.(event);
    waiting.delete(data.id);
  });
  // A page that goes away must not keep a lock that the next one waits for (WebKit keeps such pages).
  window.addEventListener("pagehide", () => worker.terminate());
  return {
    ask: (name, takes) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, ({ data }) => {
          if (data.kind === "failure") reject(toError(data.failure));
          else resolve(data.gives);
        });
        worker.postMessage({ id: last, name, takes });
      }),
    end: () => worker.terminate(),
  };
}

function toError({ code, message, hints, at, length }: Failure): TodoError {
  const issues = at === undefined ? [] : [{ path: "", message, at, length }];
  return new TodoError(code, message, { hints, issues });
}
