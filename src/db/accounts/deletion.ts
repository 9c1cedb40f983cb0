import { type Engine, NOBODY, step } from "../engine.ts";
import { removeAllOf } from "../tasks/removal-in-slices.ts";
import { noteFirst } from "./first.ts";
import { compileDeletion, nameDeletion } from "./deletion.statements.ts" with { type: "macro" };

const STATEMENTS = compileDeletion();
const DELETION = nameDeletion();

/**
 * Deletes the account at once, by which nobody can sign in or write any more, and then what it wrote. All in one unit would keep
 * everyone else waiting. If that ends in between, `finishDeletions` goes on.
 */
export async function deleteAccount(engine: Engine, account: string): Promise<void> {
  // Whoever makes one of the rows that come later holds one of those before: what is made meanwhile goes too.
  const { accounts, deviceCodes, sessions, apiTokens, invites, authEvents, markUser, noteDeletion } = STATEMENTS;
  const order = [accounts, deviceCodes, sessions, apiTokens, invites, authEvents, markUser];
  const steps = [noteFirst(account), ...order.map((statement) => step(statement, { account }))];
  const note = step(noteDeletion, { account, name: DELETION + account });
  await engine.atomically(account, [...steps, note], { repeatable: true });
  await finishDeletion(engine, account);
}

/** Removes what is left of accounts whose deletion was interrupted. */
export async function finishDeletions(engine: Engine): Promise<void> {
  for (const { account } of await engine.read(NOBODY, STATEMENTS.list, {})) {
    if (account !== null) await finishDeletion(engine, account);
  }
}

async function finishDeletion(engine: Engine, account: string): Promise<void> {
  await removeAllOf(engine, account);
  await engine.scrub();
  await engine.atomically(account, [step(STATEMENTS.forgetDeletion, { name: DELETION + account })], {
    repeatable: true,
  });
}
