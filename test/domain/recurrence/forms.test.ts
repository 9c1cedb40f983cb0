import { expect, test } from "bun:test";
import { parseEvery } from "../../../src/domain/recurrence/every.ts";
import { EVERY_FORMS, EVERY_MODES } from "../../../src/domain/recurrence/forms.ts";
import { parseRule } from "../../../src/domain/recurrence/rule.ts";

const TODAY = "2026-11-21";

test.each(EVERY_FORMS.flatMap(({ name, examples }) => examples.map((example) => [example, name])))(
  "%p, an example of %s, says how a task repeats, and goes with all that may stand behind it",
  (example) => {
    for (const end of ["", " for 3 times", " keeping missed", " until 2030-01-01"]) {
      expect(() => parseRule(parseEvery(example + end, TODAY, TODAY).rule)).not.toThrow();
    }
  },
);

test("what stands beside a rule says from when it counts, and when it ends", () => {
  const [done, each, ends] = EVERY_MODES.map(({ examples }) =>
    examples.map((example) => parseEvery(example, TODAY, TODAY)),
  );
  expect(done?.map(({ mode }) => mode)).toEqual(["done", "done", "done"]);
  expect(each?.map(({ mode }) => mode)).toEqual(["each"]);
  expect(ends?.map(({ rule }) => rule)).toEqual([
    expect.stringContaining("COUNT=10"),
    expect.stringContaining("UNTIL=20270630"),
  ]);
});
