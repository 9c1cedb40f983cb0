import { compareBytes, type Registers } from "../../../src/domain/task/registers.ts";

/** Somebody's field of a task, as `USER ID FIELD`. */
type Key = string;

/** An occurrence of a series that was completed, skipped or made a task of its own. */
export type Done = { readonly user: string; readonly series: string; readonly occurrence: string };

/** What is known of everything that nodes have written. */
export type Facts = ReturnType<typeof createFacts>;

export function createFacts() {
  const largest = new Map<Key, string>();
  const done = new Map<string, Done>();
  const taken = new Set<string>();
  const named = ({ user, series, occurrence }: Done) => `${user} ${series} ${occurrence}`;
  return {
    /** The largest register of each field that was ever written. */
    largest: largest as ReadonlyMap<Key, string>,
    note: (user: string, id: string, registers: Registers) => {
      for (const [field, register] of Object.entries(registers)) {
        const key = `${user} ${id} ${field}`;
        if (compareBytes(register, largest.get(key) ?? "") > 0) largest.set(key, register);
      }
    },
    noteDone: (each: Done) => void done.set(named(each), each),
    /** Somebody took it back or did it again, so that nobody can say from here on whether it counts as done. */
    noteTaken: (each: Done) => void taken.add(named(each)),
    /** Those that count as done. */
    listDone: () => [...done.values()].filter((each) => !taken.has(named(each))),
  };
}
