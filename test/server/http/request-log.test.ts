import { describe, expect, test } from "bun:test";
import type { LogEntry } from "../../../src/server/request-context.ts";
import { createRequestLog } from "../../../src/server/http/request-log.ts";

const ENTRY: LogEntry = { request: "r1", route: "GET /api/tasks", status: 200, ms: 1.234, user: "ann" };

function create() {
  const written: string[] = [];
  const clock = { now: Date.UTC(2026, 10, 20, 9) };
  const log = createRequestLog(
    (text) => written.push(text),
    () => clock.now,
  );
  const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
  return { written, clock, log, turn };
}

describe("the log of requests", () => {
  test("has one line of JSON for each request, with the time first", async () => {
    const { written, log, turn } = create();
    log(ENTRY);
    await turn();
    expect(written).toEqual([
      '{"at":"2026-11-20T09:00:00.000Z","request":"r1","route":"GET /api/tasks","status":200,"ms":1.234,"user":"ann"}\n',
    ]);
  });

  test("keeps the order and loses none, of one turn and of several", async () => {
    const { written, clock, log, turn } = create();
    for (const request of ["a", "b", "c"]) log({ ...ENTRY, request });
    await turn();
    clock.now += 1000;
    log({ ...ENTRY, request: "d" });
    await turn();
    await turn();
    const lines = written.join("").split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line).request)).toEqual(["a", "b", "c", "d"]);
    expect(JSON.parse(lines[3] ?? "").at).toBe("2026-11-20T09:00:01.000Z");
  });

  test("is one write for the requests of one turn", async () => {
    const { written, log, turn } = create();
    for (let time = 0; time < 100; time += 1) log(ENTRY);
    expect(written).toEqual([]);
    await turn();
    expect(written).toHaveLength(1);
  });

  test("stays one line whatever the user is called", async () => {
    const { written, log, turn } = create();
    const user = 'a\nb\r\u2028"}\u001b[31m';
    log({ ...ENTRY, user, error: "x\ny" });
    await turn();
    const [line = "", ...rest] = written.join("").split(/[\r\n]/);
    expect(rest).toEqual([""]);
    expect(JSON.parse(line)).toMatchObject({ user, error: "x\ny" });
    expect(line).not.toContain("\u001b");
  });

  test("is ASCII, so that no terminal takes a text for an order and no program for the end of a line", async () => {
    const { written, log, turn } = create();
    const email = 'a","outcome":"ok\u2028\u202e\u009b\ud800é🦊\n\\u0041"@example.com';
    const line = { outcome: "failed", address: "192.0.2.1", network: "192.0.2.1", account: null, email } as const;
    log({ event: "sign_in", ...line, subject: null, request: "r1" });
    await turn();
    const text = written.join("");
    expect(text).toMatch(/^[ -~]+\n$/);
    expect(JSON.parse(text)).toMatchObject({ ...line, event: "sign_in" });
    expect(text.match(/"outcome":"/g)).toHaveLength(1);
  });

  test("leaves error out where nothing went wrong", async () => {
    const { written, log, turn } = create();
    log({ ...ENTRY, user: null });
    await turn();
    expect(JSON.parse(written.join(""))).toEqual({ at: "2026-11-20T09:00:00.000Z", ...ENTRY, user: null });
  });
});
