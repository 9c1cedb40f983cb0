import { describe, expect, test } from "bun:test";
import { readSyncAnswer } from "../../src/contract/read-sync-answer.ts";

const CLOCK = "019a9f3c51c80000a1b2c3d4";
const ID = "019a9f3c-51c8-7000-8000-000000000001";
const CHANGE = { id: ID, revision: "7", registers: { title: `${CLOCK}"Buy milk"` } };
const ANSWER = {
  user: "ada",
  epoch: "1",
  server_time: "2026-11-30T12:00:00.000Z",
  cursor: "c",
  head: "7",
  more: false,
  accepted: 0,
  rejected: [{ id: ID, code: "of_a_later_version", field: "title", message: "it is too long" }],
  changes: [CHANGE],
  profile: { "filter:house": `${CLOCK}"+house"` },
};

describe("the answer of a server to a sync", () => {
  test("is read without what only a later server says", () => {
    const { epoch, server_time: time, head, accepted, ...read } = ANSWER;
    expect(readSyncAnswer({ ...ANSWER, of_a_later_version: 1 })).toEqual({
      ...read,
      changes: [{ id: ID, registers: CHANGE.registers }],
    });
    expect([epoch, time, head, accepted]).toHaveLength(4);
  });

  test.each([
    ["that is no object", [ANSWER]],
    ["that is empty", null],
    ["without a user", { ...ANSWER, user: undefined }],
    ["without a cursor", { ...ANSWER, cursor: 5 }],
    ["that does not say whether there is more", { ...ANSWER, more: "no" }],
    ["without changes", { ...ANSWER, changes: {} }],
    ["with a change that has no registers", { ...ANSWER, changes: [{ ...CHANGE, registers: null }] }],
    ["with a register that is no text", { ...ANSWER, changes: [{ ...CHANGE, registers: { title: 1 } }] }],
    ["with a register that can't be stored", { ...ANSWER, changes: [{ ...CHANGE, registers: { title: "no clock" } }] }],
    ["with an id that is none", { ...ANSWER, changes: [{ ...CHANGE, id: "../../etc" }] }],
    ["with a refusal that has no reason", { ...ANSWER, rejected: [{ id: ID, code: "invalid_input", field: "title" }] }],
    ["with a profile that is no object", { ...ANSWER, profile: ["a"] }],
  ])("%s is not understood", (_, answer) => {
    expect(readSyncAnswer(answer)).toBeUndefined();
  });
});
