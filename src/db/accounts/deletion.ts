import { type Engine, step } from "../engine.ts";
import { noteFirst } from "./first.ts";
import { compileDeletion } from "./deletion.statements.ts" with { type: "macro" };

const STATEMENTS = compileDeletion();

export async function deleteAccount(engine: Engine, account: string): Promise<void> {
  // Whoever makes one of the rows that come later holds one of those before: what is made meanwhile goes too.
  const { accounts, deviceCodes, sessions, apiTokens, invites, authEvents, markUser, tasks, history, heads } =
    STATEMENTS;
  const order = [accounts, deviceCodes, sessions, apiTokens, invites, authEvents, markUser, tasks, history, heads];
  const steps = [noteFirst(account), ...order.map((statement) => step(statement, { account }))];
  await engine.atomically(account, steps, { repeatable: true });
  await engine.scrub();
}
