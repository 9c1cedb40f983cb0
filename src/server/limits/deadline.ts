import { TodoError } from "../../domain/errors.ts";

/** The time until which a request must be answered. */
export type Deadline = {
  readonly extend: (byMs: number) => void;
  /** The work's result. Throws `timed_out` at the deadline; the work itself can't be stopped and may still be done. */
  readonly limit: <Result>(work: Promise<Result>) => Promise<Result>;
};

/** A deadline that begins now. */
export function createDeadline(timeoutMs: number): Deadline {
  let end = performance.now() + timeoutMs;
  return {
    extend: (byMs) => {
      end += byMs;
    },
    limit: async (work) => {
      const { promise, reject } = Promise.withResolvers<never>();
      const check = () => {
        const leftMs = end - performance.now();
        if (leftMs > 0) timer = setTimeout(check, leftMs);
        else reject(tookTooLong());
      };
      let timer = setTimeout(check, timeoutMs);
      try {
        return await Promise.race([work, promise]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function tookTooLong(): TodoError {
  return new TodoError("timed_out", "the request took too long; it may have been done all the same", { retryAfter: 5 });
}
