import { expect, test } from "bun:test";
import { syncAnswer } from "../../src/contract/sync.ts";
import { findIssue } from "../../src/contract/check-change.ts";
import { KNOWN_FIELDS } from "../../src/domain/task/fields.ts";
import { type Fields, stampFields, WALL_CLOCK } from "../../src/domain/task/registers.ts";
import { MAX_KNOWN_BYTES, MAX_TASK_BYTES, MAX_TASK_FIELDS, SMALL_TASK_BYTES } from "../../src/domain/task/size.ts";
import { LIMITS } from "../../src/domain/task/task.ts";
import {
  MAX_ANSWER_BYTES,
  MAX_OUTGOING_BYTES,
  MAX_PAGE_BYTES,
  MAX_PAGE_TASKS,
  MAX_REQUEST_BYTES,
} from "../../src/ports/sync.ts";
import { newId } from "../support/stores/test-user.ts";
import { CLOCKS } from "../support/tasks/registers.ts";

/** What a client of the first version reads of an answer. */
const MAX_ANSWER_BYTES_AT_FIRST = 4_000_000;

const MOMENT = "2026-11-20T09:00:00.000Z";
/** The characters that grow most: each is written as six, and the backslash of these once more. */
const widest = (length: number) => "\u0001".repeat(length);
const LARGEST: Fields = {
  title: `x${widest(LIMITS.title - 1)}`,
  description: widest(LIMITS.description),
  project: `x${widest(LIMITS.project - 1)}`,
  priority: "medium",
  due_date: "2026-11-20T09:00:00Z",
  created_at: MOMENT,
  completed_at: MOMENT,
  deleted_at: MOMENT,
  started_at: MOMENT,
  scheduled_date: "2026-11-20T09:00:00Z",
  wait_until: "2026-11-20T09:00:00Z",
  cancelled: false,
  skipped: false,
  occurrence: "2026-11-20T09:00",
  done_for: "2026-11-20T09:00",
  series: newId(),
  parent: newId(),
  rank: widest(LIMITS.rank),
  recurrence: `each 2026-11-20 ${"\\".repeat(LIMITS.recurrence - 16)}`,
  estimate: -Number.MAX_VALUE,
  [WALL_CLOCK]: -Number.MAX_VALUE,
};

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

test("the fields that every version knows are smaller together than what is said of them", () => {
  const registers = stampFields(LARGEST, CLOCKS[0]);
  expect(Object.keys(registers).toSorted()).toEqual([...KNOWN_FIELDS].toSorted());
  expect(findIssue({ id: newId(), registers })).toBeNull();
  expect(bytesOf(registers)).toBeLessThan(MAX_KNOWN_BYTES);
});

test("the largest task fits into what a replica sends at a time, that into a request, and the task into a page", () => {
  const largest = MAX_TASK_BYTES + MAX_KNOWN_BYTES;
  expect(largest).toBeLessThan(MAX_OUTGOING_BYTES);
  const request = { protocol: 1, replica: "x".repeat(64), user: widest(128), cursor: widest(400), changes: [] };
  expect(MAX_OUTGOING_BYTES + bytesOf(request)).toBeLessThan(MAX_REQUEST_BYTES);
  expect(largest).toBeLessThan(MAX_PAGE_BYTES);
});

test("the largest page fits into what a client reads, also one of the first version", () => {
  const revision = String(Number.MAX_SAFE_INTEGER);
  const task = { id: newId(), revision, registers: {} };
  const rejected = { id: newId(), code: "invalid_input", field: widest(128), message: "x".repeat(200) };
  const envelope = syncAnswer.parse({
    user: widest(128),
    epoch: newId(),
    server_time: MOMENT,
    cursor: "x".repeat(400),
    head: revision,
    more: true,
    accepted: 0,
    rejected: Array.from({ length: 500 }, () => rejected),
    changes: Array.from({ length: MAX_PAGE_TASKS }, () => task),
  });
  expect(MAX_PAGE_BYTES + bytesOf(envelope)).toBeLessThan(MAX_ANSWER_BYTES_AT_FIRST);
  expect(MAX_ANSWER_BYTES_AT_FIRST).toBeLessThan(MAX_ANSWER_BYTES);
});

test("what is small has not too many fields: the shortest are longer on average", () => {
  const shortest = Object.fromEntries(
    Array.from({ length: MAX_TASK_FIELDS + 1 }, (_, place) => [place.toString(36), `${CLOCKS[0]}1`]),
  );
  expect(bytesOf(shortest)).toBeGreaterThan(SMALL_TASK_BYTES);
});
