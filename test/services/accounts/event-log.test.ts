import { describe, expect, test } from "bun:test";
import type { AuthReport } from "../../../src/domain/auth-event.ts";
import type { AuthEvent } from "../../../src/ports/accounts.ts";
import { createEventLog, type EventLine } from "../../../src/services/accounts/event-log.ts";

const ORIGIN = { address: "192.0.2.1", network: "192.0.2.1", request: "r1" };
const REPORT: AuthReport = { kind: "sign_in", outcome: "failed", account: "acct_1", subject: "laptop" };

function create(addEvent: (event: AuthEvent) => Promise<void> = () => Promise.resolve()) {
  const [lines, kept]: [EventLine[], AuthEvent[]] = [[], []];
  const log = createEventLog({
    accounts: { addEvent: (event) => (kept.push(event), addEvent(event)) },
    now: () => 7,
    write: (line) => void lines.push(line),
  });
  return { ...log, lines, kept };
}

describe("the log of security events", () => {
  test("has a line with all members in their order, and keeps the event of an account", () => {
    const { record, lines, kept } = create();
    record(REPORT, ORIGIN);
    expect(lines.map((line) => JSON.stringify(line))).toEqual([
      '{"event":"sign_in","outcome":"failed","address":"192.0.2.1","network":"192.0.2.1",' +
        '"account":"acct_1","email":null,"subject":"laptop","request":"r1"}',
    ]);
    const { address, network } = ORIGIN;
    expect(kept).toEqual([
      { account: "acct_1", at: 7, kind: "sign_in", outcome: "failed", address, network, subject: "laptop" },
    ]);
  });

  test.each<[string, Partial<AuthReport>, number]>([
    ["of nobody, so that the work is the same for all", { account: null }, 1],
    ["that was refused, because those have no end", { outcome: "refused" }, 0],
    ["that is a lockout, which stands for them", { kind: "lockout", outcome: "refused" }, 1],
    ["that went well", { outcome: "ok" }, 1],
  ])("writes an event %s, and keeps so many: %j", (_, more, count) => {
    const { record, lines, kept } = create();
    record({ ...REPORT, ...more }, ORIGIN);
    expect([lines.length, kept.length]).toEqual([1, count]);
  });

  test("settles when all that was recorded is kept, also where some can't be", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { record, settled } = create(({ kind }) =>
      kind === "sign_in" ? promise : Promise.reject(new Error("full")),
    );
    let isSettled = false;
    record(REPORT, ORIGIN);
    record({ ...REPORT, kind: "sign_out" }, ORIGIN);
    const settling = settled().then(() => (isSettled = true));
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    expect(isSettled).toBe(false);
    resolve();
    await settling;
    await settled();
  });

  test("lets a thousand wait for a database that hangs, writes the others only, and goes on afterwards", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { record, settled, lines, kept } = create(() => promise);
    for (let at = 0; at < 1010; at += 1) record(REPORT, ORIGIN);
    expect([lines.length, kept.length]).toEqual([1010, 1000]);
    resolve();
    await settled();
    record(REPORT, ORIGIN);
    expect(kept).toHaveLength(1001);
  });
});
