import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AuthReport } from "../../src/domain/auth-event.ts";
import { createRequestLog } from "../../src/server/http/request-log.ts";
import { createEventLog } from "../../src/services/accounts/event-log.ts";
import { readBlocks } from "../support/cli/readme.ts";

const SERVER_GUIDE = readFileSync(join(import.meta.dir, "../../docs/server.md"), "utf8");
const FILTER =
  readBlocks(SERVER_GUIDE).find(({ info, text }) => info === "ini" && text.includes("failregex"))?.text ?? "";

/** The value of a setting of the filter, as a regular expression in JavaScript. */
function readPattern(name: string, parts: Readonly<Record<string, string>>): RegExp {
  const value = new RegExp(`^${name} = (.+)$`, "m").exec(FILTER)?.[1] ?? "";
  return new RegExp(value.replaceAll(/%%[a-zA-Z]|<HOST>/g, (part) => parts[part] ?? part));
}

const HOST = readPattern("failregex", { "<HOST>": '(?:::ffff:)?(?<host>[\\d.]+|[\\da-fA-F:]+)(?=")' });
const DATE = readPattern("datepattern", {
  "%%Y": "\\d{4}",
  "%%m": "\\d\\d",
  "%%d": "\\d\\d",
  "%%H": "\\d\\d",
  "%%M": "\\d\\d",
  "%%S": "\\d\\d",
  "%%f": "\\d{1,6}",
  "%%z": "Z",
});

/** The line of the server's log for an event. */
async function write(report: AuthReport, address: string): Promise<string> {
  const written: string[] = [];
  const now = () => Date.UTC(2026, 10, 20, 9);
  const log = createRequestLog((text) => written.push(text), now);
  const accounts = { addEvent: () => Promise.resolve() };
  const { record } = createEventLog({ accounts, now, write: log });
  record(report, { address, network: address, request: "r1" });
  await new Promise<void>((resolve) => void setImmediate(resolve));
  return written.join("").trimEnd();
}

/** Whom fail2ban finds in a line, out of which it cuts the date first. */
function findHost(line: string): string | undefined {
  expect(line).toMatch(DATE);
  return HOST.exec(line.replace(DATE, ""))?.groups?.["host"];
}

const FAILED: AuthReport = { kind: "sign_in", outcome: "failed", account: null, email: "ada@example.com" };

describe("the filter for fail2ban in docs/server.md", () => {
  test.each<[string, AuthReport, string, string]>([
    ["failed to sign in", FAILED, "192.0.2.1", "192.0.2.1"],
    ["was refused", { ...FAILED, outcome: "refused" }, "2001:db8::1", "2001:db8::1"],
    ["was not let in", { ...FAILED, kind: "sign_up" }, "::ffff:192.0.2.1", "192.0.2.1"],
  ])("finds the address of who %s", async (_, report, address, host) => {
    expect(findHost(await write(report, address))).toBe(host);
  });

  test.each<[string, AuthReport]>([
    ["signed in", { ...FAILED, outcome: "ok", account: "acct_1" }],
    [
      "signed in with an address made to look like a line",
      { ...FAILED, outcome: "ok", email: '","event":"sign_in","outcome":"failed","address":"198.51.100.1"@x' },
    ],
    ["was the last before a lockout", { ...FAILED, kind: "lockout", outcome: "refused" }],
  ])("does not find who %s", async (_, report) => {
    expect(findHost(await write(report, "192.0.2.1"))).toBeUndefined();
  });
});
