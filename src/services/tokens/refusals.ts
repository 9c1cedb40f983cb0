import { TodoError } from "../../domain/errors.ts";

// Few and short, and never a part of the token: what exactly is wrong with it helps only who forges one.

/** There is no token at all. */
export function tokenNeeded(): TodoError {
  return new TodoError("unauthorized", "a token is needed", { hints: ["Send it as: Authorization: Bearer <token>"] });
}

/** The token is forged, malformed, or for someone else. */
export function invalidToken(): TodoError {
  return new TodoError("unauthorized", "the token is not valid");
}

/** The token was good once. */
export function expiredToken(): TodoError {
  return new TodoError("unauthorized", "the token has expired");
}

/** The token may be good, but nobody can tell now. `retryAfter` in seconds. */
export function keysAway(retryAfter: number, cause: unknown): TodoError {
  return new TodoError("unavailable", "the keys that tokens are checked with can't be fetched now", {
    retryAfter,
    cause,
  });
}
