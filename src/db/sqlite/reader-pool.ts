import { hasCode, TodoError } from "../../domain/errors.ts";
import { retry } from "../../domain/waiting.ts";
import { TIMERS } from "../waiting.ts";
import { inTurn } from "../fair-queue.ts";
import { createScanQueue, limitTime, type ScanKind } from "../scan-queue.ts";
import type { ReadReply, ReadRequest } from "./reader.ts";
import { type ReaderProcess, startReader } from "./reader-process.ts";

/** More than one user can have, so that the reads of another need not wait for theirs. */
const MAX_READERS = 4;
/** From being asked for to being answered, which is less than a request may take. */
const READ_TIMEOUT_MS = 10_000;
/** A reader has some 30 MB, and is started again in 10 ms. */
const MAX_IDLE_MS = 30_000;
/** What ended a reader may have been no fault of what it read. */
const MAX_ATTEMPTS = 2;

/** Reads in other processes. */
export type ReaderPool = {
  /** Throws `unavailable` if readers end, and `read_timed_out`. */
  readonly read: (kind: ScanKind, user: string, request: ReadRequest) => Promise<ReadReply>;
  /** Ends all readers, and resolves when they are gone. */
  readonly close: () => Promise<void>;
};

export type ReaderTimes = { readonly timeoutMs?: number; readonly maxIdleMs?: number };

/**
 * Runs reads in processes that a command starts when they are needed. In this one a read would keep everybody waiting until it is
 * done. A thread would not, but a read in a thread can't be ended.
 */
export function createReaderPool(
  command: readonly string[],
  { timeoutMs = READ_TIMEOUT_MS, maxIdleMs = MAX_IDLE_MS }: ReaderTimes = {},
): ReaderPool {
  const takeTurn = createScanQueue(MAX_READERS);
  const readers = new Set<ReaderProcess>();
  /** Those that read nothing, with the timer that ends them. The last is the one that read last. */
  const idle = new Map<ReaderProcess, Timer>();
  let isClosed = false;

  const start = (): ReaderProcess => {
    const reader = startReader(command, () => {
      clearTimeout(idle.get(reader));
      idle.delete(reader);
      readers.delete(reader);
    });
    readers.add(reader);
    return reader;
  };

  const take = (): ReaderProcess => {
    const [reader, timer] = [...idle].at(-1) ?? [start()];
    clearTimeout(timer);
    idle.delete(reader);
    return reader;
  };

  const attempt = async (request: ReadRequest, signal: AbortSignal): Promise<ReadReply> => {
    if (isClosed) throw new TodoError("unavailable", "the database is being closed");
    const reader = take();
    const kill = () => void reader.kill();
    signal.addEventListener("abort", kill);
    try {
      const reply = await reader.ask(request);
      if (!signal.aborted) idle.set(reader, setTimeout(kill, maxIdleMs));
      return reply;
    } catch (error) {
      kill();
      throw error;
    } finally {
      signal.removeEventListener("abort", kill);
    }
  };

  const readInTime = async (request: ReadRequest, signal: AbortSignal): Promise<ReadReply> => {
    const isRetryable = (error: unknown) => hasCode(error, "unavailable") && !signal.aborted;
    const policy = { isRetryable, maxAttempts: MAX_ATTEMPTS, delayMs: () => 0 };
    try {
      return await retry(() => attempt(request, signal), policy, TIMERS);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  };

  return {
    read: (kind, user, request) =>
      limitTime(timeoutMs, (signal) => inTurn(takeTurn[kind](user, signal), () => readInTime(request, signal))),
    close: async () => {
      isClosed = true;
      await Promise.all([...readers].map((reader) => reader.kill()));
    },
  };
}
