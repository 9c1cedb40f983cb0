import { TodoError } from "../../domain/errors.ts";

// Few and short, and never a part of the token: the exact problem would only help a forger. The log has it in one word.

/** There is no token at all. */
export function tokenNeeded(): TodoError {
  return new TodoError("unauthorized", "a token is needed", {
    hints: ["Send it as: Authorization: Bearer <token>"],
    refusal: "missing",
  });
}

/** The token is forged, malformed, or for someone else. `refusal` is a word of ours, such as the name of a claim. */
export function invalidToken(refusal: string): TodoError {
  return new TodoError("unauthorized", "the token is not valid", { refusal });
}

/** The token has expired. A code of its own tells a front end to get a new one, where any other would not help. */
export function expiredToken(): TodoError {
  return new TodoError("token_expired", "the token has expired", { refusal: "exp" });
}

/** The token may be valid, but the keys can't be fetched now. `retryAfter` in seconds. */
export function keysAway(retryAfter: number, cause: unknown): TodoError {
  return new TodoError("unavailable", "the keys that tokens are checked with can't be fetched now", {
    retryAfter,
    cause,
  });
}
