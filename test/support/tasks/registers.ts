import fc from "fast-check";
import { compareBytes, type Registers, type Scalar, stampFields } from "../../../src/domain/task/registers.ts";

/** Few clocks, so that the same one meets another value; one differs in its node only, one in its counter only. */
export const CLOCKS = [
  "019a9f3c51c80000a1b2c3d4",
  "019a9f3c51c80000a1b2c3d5",
  "019a9f3c51c80001a1b2c3d4",
  "019a9f3c51c90000a1b2c3d4",
  "019a9f3d000000000000000f",
] as const;

/** Names that a path language, a quote or an object could take for something else. */
export const NASTY_KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "",
  " ",
  "$",
  "$.x",
  "[0]",
  "0",
  "42",
  "-1",
  "a.b",
  'say "hi"',
  "it's",
  "back\\slash",
  "\\u0041",
  "%",
  "tag:",
  "tag:Ä",
  "tag:🦊",
  "👩‍👩‍👧",
  "\uffff",
  "line\nbreak",
  "future_field",
] as const;

/** Characters from both sides of where UTF-16 order and UTF-8 order part. */
const edgeText = fc.string({
  unit: fc.constantFrom("a", "é", "\ud7ff", "\ue000", "\uffff", "😀", "\u{10ffff}"),
  maxLength: 4,
});

/** Any text that both databases can hold. */
const anyText = fc
  .string({ unit: "binary", maxLength: 6 })
  .filter((text) => text.isWellFormed() && !text.includes("\0"));

const value = fc.oneof(
  fc.constantFrom("", "a", "b", "Buy milk", "😀", "\uffff", '"', "\\"),
  edgeText,
  anyText,
  fc.constantFrom(true, false, null, 0, 1, -1.5, 1e21),
);

const FIELDS = [
  "title",
  "description",
  "due_date",
  "priority",
  "project",
  "completed_at",
  "deleted_at",
  "scheduled_date",
  "wait_until",
  "parent",
  "series",
  "occurrence",
  "recurrence",
  "rank",
  "estimate",
  "started_at",
] as const;
const key = fc.oneof(
  fc.constantFrom(...FIELDS),
  fc.constantFrom(...NASTY_KEYS),
  fc.constantFrom("tag:a", "tag:b"),
  anyText,
);

/**
 * Builds something of registers that often collide with each other: all of one run have the same few keys and values, and
 * a few clocks.
 */
export function withRegisters<Made>(build: (registers: fc.Arbitrary<Registers>) => fc.Arbitrary<Made>) {
  const keys = fc.uniqueArray(key, { minLength: 1, maxLength: 4 });
  const values = fc.array(value, { minLength: 1, maxLength: 3 });
  return fc.tuple(keys, values).chain(([names, contents]) => build(registersOf(names, contents)));
}

function registersOf(names: readonly string[], contents: readonly Scalar[]): fc.Arbitrary<Registers> {
  const register = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...contents), fc.constantFrom(...CLOCKS))
    .map(([name, content, clock]) => stampFields({ [name]: content }, clock));
  return fc
    .array(register, { maxLength: 4 })
    .map((registers) => Object.fromEntries(registers.flatMap(Object.entries<string>)));
}

/** Comparable text, the same for every order of keys. `toEqual` would look past `__proto__`. */
export function describeRegisters(registers: Registers | undefined): string {
  return JSON.stringify(registers && Object.entries(registers).toSorted(([one], [other]) => compareBytes(one, other)));
}

/** The same of many tasks by their ids. */
export function describeTasks(tasks: ReadonlyMap<string, Registers>): Map<string, string> {
  return new Map([...tasks].map(([id, registers]) => [id, describeRegisters(registers)]));
}
