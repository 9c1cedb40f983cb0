import { TodoError } from "../../domain/errors.ts";

/** The time until which a request must be answered. */
export type Deadline = {
  readonly extend: (ms: number) => void;
  /** The work's result. Throws `timed_out` at the deadline; the work itself can't be stopped and may still be done. */
  readonly limit: <Result>(work: Promise<Result>) => Promise<Result>;
};

/** A deadline that begins now. */
export function createDeadline(ms: number): Deadline {
  let end = performance.now() + ms;
  return {
    extend: (more) => {
      end += more;
    },
    limit: async (work) => {
      const { promise, reject } = Promise.withResolvers<never>();
      const check = () => {
        const left = end - performance.now();
        if (left > 0) timer = setTimeout(check, left);
        else reject(tookTooLong());
      };
      let timer = setTimeout(check, ms);
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
