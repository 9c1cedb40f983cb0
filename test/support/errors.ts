import { TodoError } from "../../src/domain/errors.ts";

/** The TodoError that the work throws. Any other end of it fails the test. */
export function refusal(work: () => unknown): TodoError {
  try {
    work();
  } catch (error) {
    if (error instanceof TodoError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** The TodoError that the promise ends with. Any other end of it fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<TodoError> {
  const [outcome] = await Promise.allSettled([work]);
  return refusal(() => {
    if (outcome.status === "rejected") throw outcome.reason;
  });
}
