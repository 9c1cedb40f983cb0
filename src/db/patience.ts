import { SQLiteError } from "bun:sqlite";

/** Milliseconds that a process waits for another's write. */
export const PATIENCE = 5000;
/** Milliseconds between two attempts: the first, which doubles, and the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [1, 50];

/** True for what SQLite throws when another process has a lock that this one needs. */
export function isBusy(error: unknown): boolean {
  return error instanceof SQLiteError && error.code?.startsWith("SQLITE_BUSY") === true;
}

/**
 * Repeats what another process keeps from running, for as long as it is worth waiting. SQLite's own waiting would hold up
 * everything else that this process does. Pauses differ by chance, so that processes don't come back at the same time.
 */
export async function patiently<Result>(attempt: () => Result): Promise<Result> {
  const deadline = performance.now() + PATIENCE;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await Bun.sleep(pause * (0.5 + Math.random()));
  }
}
