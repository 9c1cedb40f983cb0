import { TodoError } from "../../domain/errors.ts";

/**
 * The work's result, or `timed_out` when it takes longer, and longer than `readPatience` says by then (milliseconds as well). The
 * work itself can't be stopped and may still be done.
 */
export async function within<Result>(
  milliseconds: number,
  work: Promise<Result>,
  readPatience = () => 0,
): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const begin = performance.now();
  const look = () => {
    const left = begin + milliseconds + readPatience() - performance.now();
    if (left > 0) timer = setTimeout(look, left);
    else reject(tookTooLong());
  };
  let timer = setTimeout(look, milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(): TodoError {
  return new TodoError("timed_out", "the request took too long; it may have been done all the same", { retryAfter: 5 });
}
