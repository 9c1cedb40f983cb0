import fc from "fast-check";
import { type Fields, mergeRegisters, type Registers } from "../../../src/domain/task/registers.ts";
import type { RemoteTask } from "../../../src/ports/store.ts";
import type { SyncStore } from "../../../src/ports/sync.ts";
import { exchange } from "../../../src/services/sync/exchange.ts";
import { type Exchanged } from "../../../src/contract/sync.ts";
import { at, newId } from "../../support/stores/test-user.ts";
import { arriving } from "../../support/sync/following.ts";
import { describeTasks } from "../../support/tasks/registers.ts";

const REPLICAS = 3;
const TASKS = 4;

type Edit = {
  readonly kind: "edit";
  readonly replica: number;
  readonly task: number;
  readonly fields: Fields;
  readonly later: number;
};
type Exchange = {
  readonly kind: "exchange";
  readonly replica: number;
  readonly limit: number;
  /** Whether the answer never comes back. */
  readonly isLost: boolean;
};
type Step = Edit | Exchange;

const replica = fc.nat(REPLICAS - 1);
/** Few names and values, so that they often collide. Those of texts are in another order in UTF-16 than in UTF-8. */
const anyFields: fc.Arbitrary<Fields> = fc.oneof(
  fc.record({ title: fc.constantFrom("a", "é", "\uffff", "😀") }),
  fc.record({ "tag:a": fc.boolean() }),
  fc.record({ "tag:b": fc.boolean() }),
  fc.record({ title: fc.constant("b"), project: fc.option(fc.constantFrom("x", "y")) }),
  fc.record({ future: fc.constantFrom(1, 1.5, true, null) }),
  fc.boolean().map((value) => Object.fromEntries([["__proto__", value]])),
);

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constant("edit"),
  replica,
  task: fc.nat(TASKS - 1),
  fields: anyFields,
  later: fc.nat(5),
});
const exchanging: fc.Arbitrary<Exchange> = fc.record({
  kind: fc.constant("exchange"),
  replica,
  limit: fc.constantFrom(1, 2, 3, 1000),
  isLost: fc.boolean(),
});

/** What people do on their devices, and when these reach the server. */
export const anyHistory: fc.Arbitrary<readonly Step[]> = fc.array(fc.oneof(edit, exchanging), { maxLength: 30 });

type Made = { readonly id: string; readonly fields: Fields; readonly later: number };

/** A replica without a disk. */
export function createReplica(sync: SyncStore, user: string) {
  const tasks = new Map<string, Registers>();
  const unsent = new Map<string, Registers>();
  let cursor: string | null = null;
  const keep = (map: Map<string, Registers>, { id, registers }: RemoteTask) =>
    map.set(id, mergeRegisters(map.get(id) ?? {}, registers));

  /** What is lost on the way back is asked for again, and what was sent is sent again. */
  const reach = async (limit: number, isLost = false): Promise<Exchanged> => {
    const changes = [...unsent].map(([id, registers]) => ({ id, registers }));
    const answer = await exchange({ sync, user }, { cursor, limit, changes });
    if (answer.rejected.length > 0) throw new Error(`rejected: ${JSON.stringify(answer.rejected)}`);
    if (isLost) return answer;
    for (const task of answer.changes) keep(tasks, task);
    unsent.clear();
    cursor = answer.cursor;
    return answer;
  };

  return {
    edit: ({ id, fields, later }: Made) => {
      const change = arriving(fields, { id, later });
      keep(tasks, change);
      keep(unsent, change);
    },
    reach,
    /** Exchanges until nothing is left to come, and answers what it has. */
    settle: async () => {
      while ((await reach(2)).more);
      return describeTasks(tasks);
    },
  };
}

/** Plays a history, lets all replicas reach the server until nothing comes any more, and answers what each has. */
export async function playHistory(sync: SyncStore, history: readonly Step[]) {
  const user = `user-${crypto.randomUUID()}`;
  const ids = Array.from({ length: TASKS }, newId);
  const replicas = Array.from({ length: REPLICAS }, () => createReplica(sync, user));
  for (const step of history) {
    const { edit: change, reach } = at(replicas, step.replica);
    if (step.kind === "exchange") await reach(step.limit, step.isLost);
    else change({ id: at(ids, step.task), fields: step.fields, later: step.later });
  }
  for (const { settle } of replicas) await settle();
  const ended = [];
  for (const { settle } of replicas) ended.push(await settle());
  return { server: await createReplica(sync, user).settle(), replicas: ended };
}
