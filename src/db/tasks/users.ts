import { type Engine, NOBODY, step } from "../engine.ts";
import { compileUsers } from "./users.statements.ts" with { type: "macro" };

const STATEMENTS = compileUsers();

/** Makes the row of a user who was never seen before. It reads first, because a known user needs no wait for the write lock. */
export async function ensureUser(engine: Engine, user: string): Promise<void> {
  const known = await engine.read(user, STATEMENTS.find, { user });
  if (known.length > 0) return;
  await engine.atomically(user, [step(STATEMENTS.create, { user })], { repeatable: true });
}

/** Everyone who was ever seen, as far as row-level security shows them. */
export async function listUsers(engine: Engine): Promise<string[]> {
  return (await engine.read(NOBODY, STATEMENTS.list, {})).map(({ id }) => id);
}

/** The user's revision, which every change of a task moves on. 0 where there is none, and where the account was deleted. */
export async function readRevision(engine: Engine, user: string): Promise<number> {
  const [row] = await engine.read(user, STATEMENTS.find, { user });
  return Math.max(0, row?.revision ?? 0);
}
