import { expect, test } from "bun:test";
import { weighTasks } from "../../../src/server/limits/weigh-tasks.ts";
import { TASK } from "../../support/tasks/task.ts";

const plain = TASK;
const repeating = { ...TASK, recurrence: "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO" };

test.each([
  [0, 0, 0],
  [9, 0, 0],
  [10, 0, 1],
  [1000, 0, 100],
  [0, 1000, 1000],
  [10, 2, 3],
])("of %d tasks and %d that repeat the weight is %d requests", (count, repeat, requests) => {
  const tasks = [...Array.from({ length: count }, () => plain), ...Array.from({ length: repeat }, () => repeating)];
  expect(weighTasks(tasks)).toBe(requests);
});
