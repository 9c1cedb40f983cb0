import type { Fields, Registers } from "../../domain/task/registers.ts";
import type { Engine, Step } from "../engine.ts";
import type { Author } from "../tasks/author.ts";
import { latestTick } from "../tasks/remote-tasks.ts";
import { decodeProfile, mergeProfile, type ProfileRow, selectProfile, stampProfile } from "./statements.ts";
import { PROFILE } from "../../domain/profile.ts";

export async function readProfile(engine: Engine, user: string): Promise<Registers> {
  const [row] = await engine.read(user, selectProfile(user));
  return decodeProfile(engine.dialect, row);
}

/** Sets entries as an edit of now (Unix milliseconds), and answers the profile. */
export async function editProfile(author: Author, fields: Fields, now: number): Promise<Registers> {
  const { engine, statements, user } = author;
  const encoded = JSON.stringify(
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)])),
  );
  const values = { user, node: engine.node, fields: encoded };
  return write(author, [
    { query: statements.lock(), values: { user, count: 1, now } },
    { query: stampProfile(engine.dialect), values },
    ...enqueue(author, encoded),
  ]);
}

/** Merges what another device has set, and answers the profile. */
export async function mergeIntoProfile(author: Author, arriving: Registers): Promise<Registers> {
  const { engine, statements, user } = author;
  const registers = JSON.stringify(arriving);
  const seen = latestTick([{ id: PROFILE, registers: arriving }]).toString();
  return write(author, [
    { query: statements.advanceRevision(), values: { user, count: 1, seen } },
    { query: mergeProfile(engine.dialect), values: { user, registers } },
    ...enqueue(author, registers),
  ]);
}

async function write({ engine, user }: Author, steps: readonly Step<ProfileRow>[]): Promise<Registers> {
  const rows = await engine.atomically(user, steps);
  return decodeProfile(engine.dialect, rows.at(-1));
}

/** Where the user follows a server, the entries are to be sent with the clocks that they have now. */
function enqueue({ engine, user }: Author, fields: string): Step[] {
  return engine.enqueue ? [{ query: engine.enqueue.profile, values: { user, fields } }] : [];
}
