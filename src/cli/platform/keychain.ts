import { withTimeout } from "../../domain/waiting.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Io, Keychain } from "./io.ts";

/** A keychain that is locked may ask for a password in a window that nobody sees. */
const ANSWER_TIMEOUT_MS = 3000;

/**
 * Asks a keychain until it fails. That is said, because the file is used then, and it is not asked again: nobody wants to wait, or
 * to say no to a window, three times.
 */
export function createKeychainAccess(keychain: Keychain, say: (text: string) => void): Io["askKeychain"] {
  let hasFailed = false;
  return async (ask) => {
    if (hasFailed) return undefined;
    const answer = async () => ask(keychain);
    const tooLate = () => new Error(`it did not answer within ${ANSWER_TIMEOUT_MS / 1000} seconds`);
    try {
      return await withTimeout(answer(), ANSWER_TIMEOUT_MS, tooLate);
    } catch (error) {
      hasFailed = true;
      const reason = error instanceof Error ? error.message : "unknown reason";
      say(escapeControls(`The keychain can't be used (${reason}): the file for tokens is used instead.`) + "\n");
      return undefined;
    }
  };
}
