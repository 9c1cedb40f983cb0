import { expect, test } from "bun:test";
import { toWireLogEntry } from "../../src/contract/log-entry.ts";
import { formatClock } from "../../src/domain/task/clock.ts";
import { newId, OPENING } from "../support/stores/test-user.ts";

const [LAPTOP, PHONE] = ["aaaaaaaa", "bbbbbbbb"];

function clockOf(node: string, later: number): string {
  return formatClock(BigInt(OPENING + later) << 16n, node);
}

test.each([
  ["first", 9, 0, PHONE],
  ["last", 0, 9, LAPTOP],
])(
  "a log entry names the device that made the latest of its changes, which may be the %s",
  (_, phone, laptop, device) => {
    const after = { description: `${clockOf(PHONE, phone)}"theirs"`, title: `${clockOf(LAPTOP, laptop)}"mine"` };
    const clock = clockOf("cccccccc", 100);
    const entry = { clock, at: OPENING, action: "sync" as const, id: newId(), before: {}, after, undoes: null };
    expect(toWireLogEntry(entry).device).toBe(device);
  },
);
