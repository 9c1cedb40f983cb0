import { TodoError } from "../../domain/errors.ts";
import type { ReadReply, ReadRequest } from "./reader.ts";

/** A process that reads. */
export type ReaderProcess = {
  /** One at a time. Throws `unavailable` if the process ends first, or can't be asked. */
  readonly ask: (request: ReadRequest) => Promise<ReadReply>;
  /** Ends it at once, and resolves when it is gone. */
  readonly kill: () => Promise<void>;
};

type Events = { readonly ipc: (reply: ReadReply) => void; readonly onExit: () => void };

/** Starts a reader. `onEnd` is called when it is not to be asked any more. Throws `unavailable` if it can't be started. */
export function startReader(command: readonly string[], onEnd: () => void): ReaderProcess {
  let answer = Promise.withResolvers<ReadReply>();
  const child = spawnReader(command, {
    ipc: (reply: ReadReply) => answer.resolve(reply),
    onExit: () => {
      answer.reject(readerEnded());
      onEnd();
    },
  });
  return {
    ask: (request) => {
      answer = Promise.withResolvers();
      try {
        child.send(request);
      } catch (cause) {
        // The channel to a process that was killed closes before its exit is known.
        answer.reject(readerEnded(cause));
      }
      return answer.promise;
    },
    kill: async () => {
      onEnd();
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

function spawnReader(command: readonly string[], events: Events) {
  try {
    const child = Bun.spawn([...command], {
      // It needs no setting, and should have no secret.
      env: {},
      stdio: ["ignore", "ignore", "inherit"],
      serialization: "advanced",
      ...events,
    });
    child.unref();
    return child;
  } catch (cause) {
    throw new TodoError("unavailable", "no process to read can be started", { retryAfter: 1, cause });
  }
}

function readerEnded(cause?: unknown): TodoError {
  return new TodoError("unavailable", "the process that read has ended", { retryAfter: 1, cause });
}
