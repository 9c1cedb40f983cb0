import { type Step, step } from "../engine.ts";
import { compileLock } from "./lock.statements.ts" with { type: "macro" };

const { lock } = compileLock();

/**
 * Waits for whoever changes the account, and keeps others from it until the unit is done: who disables or deletes it sees then
 * what was made for it. To write is the one way to lock a row that both databases have.
 */
export function lockAccount(account: string): Step {
  return step(lock, { account });
}
