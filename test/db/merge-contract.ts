import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { mergeRegisters, type Registers } from "../../src/domain/task/registers.ts";
import type { RemoteTask, Store } from "../../src/ports/store.ts";
import { newId } from "../support/stores/test-user.ts";
import { describeRegisters, describeTasks, withRegisters } from "../support/tasks/registers.ts";

export type OpenedForMerge = {
  readonly store: Store;
  /** The registers of each task of a user as they are stored, past the store. */
  readonly readRaw: (user: string) => ReadonlyMap<string, Registers> | Promise<ReadonlyMap<string, Registers>>;
  close(): Promise<void>;
};

const RUNS = 300;
const BATCHES_A_RUN = 10;
const TASKS = 3;

/** What arrives for the tasks of one run, which are numbered from 0. */
type Batch = readonly (readonly [task: number, registers: Registers])[];

const batches: fc.Arbitrary<readonly Batch[]> = withRegisters((registers) => {
  const batch = fc.array(fc.tuple(fc.nat(TASKS - 1), registers), { minLength: 1, maxLength: 4 });
  return fc.array(batch, { minLength: BATCHES_A_RUN, maxLength: BATCHES_A_RUN });
});

/** Merges into the model as the domain says, and answers the ids of the tasks that this changed. */
function mergeModel(model: Map<string, Registers>, arrivals: readonly RemoteTask[]): string[] {
  const before = new Map(model);
  for (const { id, registers } of arrivals) model.set(id, mergeRegisters(model.get(id) ?? {}, registers));
  return [...model]
    .filter(([id, merged]) => describeRegisters(merged) !== describeRegisters(before.get(id)))
    .map(([id]) => id);
}

/** The merge is SQL in each database and a function in the domain. They must never differ, or devices drift apart. */
export function describeMergeStatement(
  name: string,
  open: () => Promise<OpenedForMerge>,
  { runs = RUNS }: { readonly runs?: number } = {},
): void {
  describe(name, () => {
    let opened: OpenedForMerge | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());

    const play = async ({ store, readRaw }: OpenedForMerge, script: readonly Batch[]) => {
      const user = `user-${crypto.randomUUID()}`;
      const ids = Array.from({ length: TASKS }, newId);
      const model = new Map<string, Registers>();
      for (const step of script) {
        const arrivals = step.map(([task, registers]) => ({ id: ids[task] ?? "", registers }));
        const changed = (await store.merge(user, arrivals)).map(({ id }) => id);
        expect(changed.toSorted()).toEqual(mergeModel(model, arrivals).toSorted());
      }
      expect(describeTasks(await readRaw(user))).toEqual(describeTasks(model));
    };

    test(`keeps what the domain says after each of ${runs * BATCHES_A_RUN} batches`, async () => {
      const subject = opened;
      if (!subject) throw new Error("the store did not open");
      await fc.assert(
        fc.asyncProperty(batches, (script) => play(subject, script)),
        { numRuns: runs },
      );
    }, 20_000);
  });
}
