import { expect, test } from "bun:test";
import { explainProblem } from "../../../src/cli/api-client/connection.ts";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { type Device, type Online, SITE, useOnline } from "../../support/cli/online.ts";

const openOnline = useOnline();

/** What would clear the screen, set the title of the window, write over a line or turn it round, and ring. */
const EVIL = "\u001b[2J\u001b]0;owned\u0007\r\n\u009b31m\u202etxt\u2066\u007f";
/** What a terminal obeys, but for the ends of lines. */
const OBEYED = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;
/** Members that people wrote, or that could be anything. */
const TEXTS = new Set(["device", "name", "last8", "email", "detail", "title", "message", "path", "code"]);
const TOKENS = new Set(["access_token", "refresh_token", "token"]);
const UUID = /^[\da-f-]{36}$/;

/** Makes the server say evil things wherever a text is free. */
function corrupt({ state }: Online, withTokens: boolean): void {
  state.network = async (_, pass) => {
    const response = await pass();
    const text = await response.text();
    if (text === "") return response;
    const isFree = (key: string, value: string) =>
      (TEXTS.has(key) && key !== "code") || (key === "id" && !UUID.test(value)) || (withTokens && TOKENS.has(key));
    const body: unknown = JSON.parse(text, (key, value: unknown) =>
      typeof value === "string" && isFree(key, value) ? value + EVIL : value,
    );
    return Response.json(body, response);
  };
}

const COMMANDS: (readonly [words: readonly string[], ...typed: string[]])[] = [
  [["sessions"]],
  [["sessions", "revoke", "nothing"]],
  [["token", "create", "bot"], PASSWORD],
  [["token", "create", "bot"], PASSWORD],
  [["token", "create", ""], PASSWORD],
  [["token", "list"]],
  [["token", "revoke", "bot"]],
  [["token", "list"]],
  [["password"], "wrong", "wrong"],
  [["auth", "status"]],
  [["auth", "token"]],
  [["signup"], EMAIL, PASSWORD],
  [["login", "--password"], EMAIL, "wrong"],
  [["login", "--password"], EMAIL, PASSWORD],
  [["whoami"]],
  [["whoami", "--quiet"]],
  [["auth", "status"]],
  [["auth", "token"]],
  [["logout"]],
];

async function runAll(device: Device): Promise<string[]> {
  const said: string[] = [];
  for (const [words, ...typed] of COMMANDS) {
    device.type(...typed);
    const { out, err } = await device.run(...words);
    expect([words, OBEYED.exec(out + err)?.[0]]).toEqual([words, undefined]);
    said.push(out + err);
  }
  return said;
}

test.each([false, true])("a terminal obeys nothing that a server says (also in tokens: %p)", async (withTokens) => {
  const online = await openOnline();
  const device = await online.signUp();
  corrupt(online, withTokens);
  const said = await runAll(device);
  // It is shown, as what it is.
  expect(
    said.filter((text) => text.includes("\\e[2J\\e]0;owned\\u{7}\\r\\n\\u{9b}31m\\u{202e}txt")).length,
  ).toBeGreaterThan(8);
});

test("a token with an evil name can be told and revoked by the letters before it", async () => {
  const device = await (await openOnline()).signUp();
  await device.makeToken("\u001b[2Jbot\u202e");
  const line = await device.print("token", "list");
  expect(line).toContain("  \\e[2Jbot\\u{202e}  ");
  expect(await device.print("token", "revoke", line.slice(0, 8))).toBe("Revoked \\e[2Jbot\\u{202e}\n");
});

test("a device that names itself evilly can be told and locked out by the letters before it", async () => {
  const online = await openOnline();
  const device = await online.signUp();
  online.state.network = async (_, pass) => {
    const response = await pass();
    const text = await response.text();
    return text === ""
      ? response
      : new Response(text.replace('"device":"evil"', `"device":${JSON.stringify(EVIL)}`), response);
  };
  await online.api.logIn({ device: "evil" });
  const line = (await device.print("sessions")).split("\n").find((each) => each.includes("owned")) ?? "";
  expect(line).not.toMatch(OBEYED);
  expect(await device.print("sessions", "revoke", line.slice(0, 8))).toStartWith("Locked out \\e[2J\\e]0;owned");
});

test.each([
  ["my\u001b[31m\nlaptop", "my\\e[31m\\nlaptop"],
  ["", "unknown device"],
  [" \n", "unknown device"],
  ["x".repeat(255), "x".repeat(100)],
])("a machine may call itself %j", async (name, shown) => {
  const online = await openOnline();
  const device = online.device();
  Object.assign(device.io, { deviceName: () => name });
  device.type(EMAIL, PASSWORD);
  await device.print("signup", SITE);
  expect(await device.print("sessions")).toMatch(/^[^\n]+\n$/);
  expect(await device.print("sessions")).toContain(`  ${shown}  last used`);
});

test("a problem of megabytes is told in a few lines", () => {
  const long = "x".repeat(10_000);
  const errors = Array.from({ length: 1000 }, () => ({ path: long, message: "y".repeat(10_000) }));
  const value = { type: "about:blank", title: long, status: 400, code: "invalid_input", detail: long, errors };
  const { message, hints } = explainProblem(SITE, { status: 400, value, retryAfter: undefined });
  expect(message).toStartWith("todo.example.com: xxx");
  expect(hints[0]).toStartWith("xxx");
  expect([message, ...hints].join("\n").length).toBeLessThan(20_000);
});
