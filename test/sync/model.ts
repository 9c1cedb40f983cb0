import { type Clock, CLOCK_LENGTH } from "../../src/domain/task/clock.ts";
import { compareBytes, type Registers } from "../../src/domain/task/registers.ts";
import type { HistoryEntry } from "../../src/ports/store.ts";

/** Somebody's field of a task, as `USER ID FIELD`. */
export type Key = string;

/** What is known of everything that anybody was told to be written. */
export type Model = {
  /** Throws where the clock of an edit is that of another one: nobody could say which of the two is the later. */
  readonly note: (
    who: { readonly node: string; readonly user: string },
    entry: HistoryEntry,
    wallClock: Registers,
  ) => void;
  /**
   * From now on there are two of whom nobody can tell which has made what until now. Nothing tells a clone from its original, so that
   * the two may make equal clocks.
   */
  readonly copy: (node: string, copy: { readonly name: string; readonly isClone: boolean }) => void;
  /** Notes tasks that a server has removed for good. */
  readonly purge: (user: string, ids: readonly string[]) => void;
  readonly isPurged: (user: string, id: string) => boolean;
  /** The largest register of each field, which is what all must have in the end where no clock was mended. */
  readonly largest: (user: string) => Map<Key, string>;
  /** Whether somebody has made the task, and whether somebody made this value, whatever its clock is by now. */
  readonly isMade: (user: string, id: string) => boolean;
  readonly isValue: (key: Key, register: string) => boolean;
  /** The last value of each field that one node alone has edited, which no clock can make another. */
  readonly sole: (user: string) => Map<Key, string>;
  /** All edits that are in the file of a node, in the order in which they were made. */
  readonly edits: (node: string) => readonly string[];
};

type Known = { largest: string; last: string; readonly nodes: Set<string>; readonly values: Set<string> };

export function createModel(): Model {
  const fields = new Map<Key, Known>();
  const purged = new Set<string>();
  const edits = new Map<string, readonly string[]>();
  const makers = new Map<Clock, string>();
  const originals = new Map<string, string>();
  const noteClock = (clock: Clock, node: string) => {
    const maker = originals.get(node) ?? node;
    const other = makers.get(clock) ?? maker;
    if (other !== maker) throw new Error(`${node} has made the clock ${clock}, as ${other} has before`);
    makers.set(clock, maker);
  };
  const pickFrom = (user: string, read: (known: Known) => string | null) => {
    const own = [...fields].filter(([key]) => key.startsWith(`${user} `));
    return new Map(own.flatMap(([key, known]) => [read(known) ?? []].flat().map((found) => [key, found])));
  };
  return {
    note: ({ node, user }, entry, wallClock) => {
      const { id, clock, after } = entry;
      noteClock(clock, node);
      edits.set(node, [...(edits.get(node) ?? []), describeEdit(entry)]);
      for (const [field, register] of Object.entries({ ...after, ...wallClock })) {
        const key = `${user} ${id} ${field}`;
        const value = valueOf(register);
        const known = fields.get(key) ?? { largest: register, last: value, nodes: new Set(), values: new Set() };
        if (compareBytes(register, known.largest) > 0) known.largest = register;
        known.last = value;
        known.nodes.add(node);
        known.values.add(value);
        fields.set(key, known);
      }
    },
    copy: (node, { name, isClone }) => {
      edits.set(name, edits.get(node) ?? []);
      if (isClone) originals.set(name, originals.get(node) ?? node);
      for (const { nodes } of fields.values()) if (nodes.has(node)) nodes.add(`copy of ${node}`);
    },
    purge: (user, ids) => ids.forEach((id) => purged.add(`${user} ${id}`)),
    isPurged: (user, id) => purged.has(`${user} ${id}`),
    largest: (user) => pickFrom(user, ({ largest }) => largest),
    isMade: (user, id) => fields.has(`${user} ${id} title`),
    isValue: (key, register) => fields.get(key)?.values.has(valueOf(register)) ?? false,
    sole: (user) => pickFrom(user, ({ nodes, last }) => (nodes.size === 1 ? last : null)),
    edits: (node) => edits.get(node) ?? [],
  };
}

/** What was edited, whatever its clock is by now. */
export function describeEdit({ id, after }: HistoryEntry): string {
  return `${id} ${JSON.stringify(Object.entries(after).map(([field, register]) => [field, valueOf(register)]))}`;
}

/** The value of a register, as JSON. */
export function valueOf(register: string): string {
  return register.slice(CLOCK_LENGTH);
}
