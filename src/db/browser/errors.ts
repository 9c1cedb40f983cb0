import { type ErrorCode, TodoError } from "../../domain/errors.ts";
import { explainSqliteError } from "../sqlite/errors.ts";

/** What an error names in the place of a path. */
export const HERE = "the database in this browser";

const RETRY_AFTER_S = 5;
const FULL_RETRY_AFTER_S = 30;

/** In a page there is neither a command to run nor a flag to give. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  newer_store: "Reload the page to get the newest version. Nothing was changed.",
  unreadable_store: "Nothing was changed.",
  full_disk: "Nothing was written. Free some space on this device and try again.",
  unavailable: "Try again. If that does not help, see whether this device has space left, and reload the page.",
  locked: "Try again.",
  io_failed: "Reload the page.",
  internal: "Reload the page.",
};

/** Names of errors for which IndexedDB has lost its connection, of which another one may know nothing. */
const LOST: ReadonlySet<string> = new Set(["InvalidStateError", "UnknownError", "AbortError"]);

/** Chromium closes the connection when the disk is full, and says why in words for developers alone. */
const NO_SPACE = /no.space/i;

/** True where the browser has closed the database under us, so that opening it again may help. */
export function isConnectionLost(error: unknown): boolean {
  return error === null || LOST.has(nameOf(error));
}

export function isDiskFull(error: unknown): boolean {
  return nameOf(error) === "QuotaExceededError" || (error instanceof DOMException && NO_SPACE.test(error.message));
}

/** What IndexedDB or SQLite throws as one of our errors, with what to do in a page. */
export function explainBrowserError(error: unknown, place = HERE): unknown {
  // One that is made here says all.
  if (error instanceof TodoError && error.message.startsWith(HERE)) return error;
  const explained = explainIndexedDbError(error, place) ?? explainSqliteError(error, place);
  const hint = explained instanceof TodoError ? HINTS[explained.code] : undefined;
  if (!(explained instanceof TodoError) || hint === undefined) return explained;
  const { code, message, retryAfter, cause } = explained;
  return new TodoError(code, message, { hints: [hint], ...(retryAfter && { retryAfter }), cause });
}

/** For lack of WebAssembly, mostly. */
export function createDriverError(cause: unknown): TodoError {
  return new TodoError("unavailable", `${HERE} can't be opened: SQLite does not run`, {
    hints: ["Reload the page. It needs WebAssembly, which some browsers turn off in a mode of high security."],
    cause,
  });
}

export function createRemovedError(): TodoError {
  return new TodoError("unavailable", `${HERE} was removed`, { hints: ["Reload the page."] });
}

function explainIndexedDbError(error: unknown, place: string): TodoError | undefined {
  const name = nameOf(error);
  if (isDiskFull(error))
    return new TodoError("full_disk", `${place}: there is no space for more`, {
      retryAfter: FULL_RETRY_AFTER_S,
      cause: error,
    });
  if (name === "VersionError")
    return new TodoError("newer_store", `${place}: a newer version of todo has opened it`, { cause: error });
  if (error !== null && !(error instanceof DOMException) && !isConnectionLost(error)) return undefined;
  return new TodoError("unavailable", `${place}: the browser did not read or write`, {
    retryAfter: RETRY_AFTER_S,
    cause: error,
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
