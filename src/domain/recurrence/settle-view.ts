import { compareBytes, mergeRegisters, type Registers } from "../task/registers.ts";

/** Tasks as they would be after the changes. */
export type View = {
  readonly get: (id: string) => Registers | undefined;
  /** Keeps what a merge would take. */
  readonly merge: (id: string, registers: Registers) => void;
  /** The registers that differ, by id. */
  readonly changes: ReadonlyMap<string, Registers>;
};

export function createView(stored: (id: string) => Registers | undefined): View {
  const changes = new Map<string, Registers>();

  function get(id: string): Registers | undefined {
    const change = changes.get(id);
    return change === undefined ? stored(id) : mergeRegisters(stored(id) ?? {}, change);
  }

  function merge(id: string, registers: Registers): void {
    const current = get(id) ?? {};
    const larger = Object.entries(registers).filter(([key, value]) => compareBytes(value, current[key] ?? "") > 0);
    if (larger.length > 0) changes.set(id, { ...changes.get(id), ...Object.fromEntries(larger) });
  }

  return { get, merge, changes };
}
