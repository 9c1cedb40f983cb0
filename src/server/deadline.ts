import { TodoError } from "../domain/errors.ts";

/** The work's result, or `timed_out` when it takes longer. The work itself can't be stopped and may still be done. */
export async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(
      new TodoError("timed_out", "the request took too long; it may have been done all the same", { retryAfter: 5 }),
    );
  }, milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
