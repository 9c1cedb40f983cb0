import { beforeEach, expect, test } from "bun:test";
import {
  countUnseen,
  findOverruled,
  forgetOverrulings,
  keepOverruling,
  overrulings,
  seeOverrulings,
} from "../../../src/web/app/data/overruled.ts";
import type { LoggedChange, LogEntry } from "../../../src/web/protocol.ts";
import { useFakeStorage } from "./fake-storage.ts";

const SYNC = { from: Date.parse("2026-11-20T10:00:00.000Z"), to: Date.parse("2026-11-20T10:00:00.200Z"), count: 2 };

beforeEach(() => useFakeStorage());

function changeOf(field: string, replacedOwn: boolean): LoggedChange {
  return {
    field,
    name: field,
    before: "mine",
    after: "theirs",
    isFlag: false,
    old: "mine",
    canPutBack: true,
    replacedOwn,
  };
}

function entryAt(at: string): LogEntry {
  const changes = [changeOf("title", true), changeOf("project", false)];
  return { key: at, at, verb: "received", device: "0a0b0c0d", id: "1", title: "Pay rent", changes };
}

test("what a sync with conflicts replaced of this device is overruled, and nothing else", () => {
  keepOverruling("acct_1", SYNC);
  const found = findOverruled(entryAt("2026-11-20T10:00:00.100Z"), overrulings.value);
  expect(found.map(({ field }) => field)).toEqual(["title"]);
});

test("what somebody else changed later, when all was sent, is not overruled", () => {
  keepOverruling("acct_1", SYNC);
  expect(findOverruled(entryAt("2026-11-20T11:00:00.000Z"), overrulings.value)).toEqual([]);
});

test("overruled values are counted until the log is looked at, and stay marked", () => {
  keepOverruling("acct_1", SYNC);
  keepOverruling("acct_1", { ...SYNC, count: 1 });
  expect(countUnseen(overrulings.value)).toBe(3);
  seeOverrulings("acct_1");
  expect(countUnseen(overrulings.value)).toBe(0);
  expect(findOverruled(entryAt("2026-11-20T10:00:00.000Z"), overrulings.value)).toHaveLength(1);
});

test("an account that leaves the browser leaves no note of what was overruled", () => {
  keepOverruling("acct_1", SYNC);
  forgetOverrulings("acct_1");
  keepOverruling("acct_1", { ...SYNC, count: 1 });
  expect(overrulings.value).toHaveLength(1);
});

test("what another program wrote there keeps nobody from the log", () => {
  localStorage.setItem("todo.overruled:acct_1", "{");
  keepOverruling("acct_1", SYNC);
  expect(countUnseen(overrulings.value)).toBe(2);
});
