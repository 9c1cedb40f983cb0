import { withTimeout } from "../../domain/waiting.ts";
import { escapeControls } from "../output/escape.ts";
import type { Io, Keychain } from "../platform/io.ts";

/** A keychain that is locked may ask for a password in a window that nobody sees. */
const ANSWER_TIMEOUT_MS = 3000;

/** Where the keychain failed it is not asked again: nobody wants to wait, or to say no to a window, three times. */
const failed = new WeakSet<Io>();

/** What the system's keychain answers, or undefined where it can't be used. That is said, because the file is used then. */
export async function askKeychain<Answer>(
  io: Io,
  ask: (keychain: Keychain) => Promise<Answer>,
): Promise<Answer | undefined> {
  if (failed.has(io)) return undefined;
  const answer = async () => ask(io.keychain);
  const tooLate = () => new Error(`it did not answer within ${ANSWER_TIMEOUT_MS / 1000} seconds`);
  try {
    return await withTimeout(answer(), ANSWER_TIMEOUT_MS, tooLate);
  } catch (error) {
    failed.add(io);
    const reason = error instanceof Error ? error.message : "unknown reason";
    io.err.write(escapeControls(`The keychain can't be used (${reason}): the file for tokens is used instead.`) + "\n");
    return undefined;
  }
}
