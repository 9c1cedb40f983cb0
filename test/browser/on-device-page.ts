import { Database } from "bun:sqlite";
import { expect } from "bun:test";
import type { Locator, Page } from "playwright-core";
import { useBrowser } from "./in-browser.ts";

export const PASSWORD = "violet tractor under rain";
export const CODE_FIELD = "Code that the device shows";

const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";

export type Account = { readonly email: string; readonly token: string };
export type Device = { readonly device_code: string; readonly user_code: string };
type Session = { readonly id: string; readonly device: string };
type Size = { readonly width: number; readonly height: number };

/** A browser for tests of /device, and the API beside it. */
export function useDevicePage() {
  const browser = useBrowser({
    settings: { TODO_SIGNIN_LIMIT: "0", TODO_SIGNUP_LIMIT: "0", TODO_SIGNUP: "open" },
    // The browser tells of each refusal, and of each request that a test lets fail.
    expected: /^Failed to load resource: (?:the server responded with a status of 4\d\d|net::ERR_FAILED)/,
  });
  const { origin, database, open } = browser;
  let accounts = 0;

  const ask = async (method: string, path: string, { json, token }: { json?: unknown; token?: string } = {}) => {
    const response = await fetch(origin() + path, {
      method,
      headers: {
        "Content-Type": "application/json",
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    return { status: response.status, text: await response.text() };
  };

  const newAccount = async (): Promise<Account> => {
    accounts += 1;
    const email = `ada${accounts}@example.com`;
    const { text } = await ask("POST", "/api/auth/register", { json: { email, password: PASSWORD, device: "laptop" } });
    const { access_token: token }: { access_token: string } = JSON.parse(text);
    return { email, token };
  };

  const newDevice = async (device = "todo on kitchen"): Promise<Device> => {
    const made: Device = JSON.parse((await ask("POST", "/api/auth/device", { json: { device } })).text);
    return made;
  };

  /** What the device is told. It may ask once in five seconds. */
  const poll = async ({ device_code }: Device) => {
    const json = { grant_type: GRANT_TYPE, device_code };
    const { status, text } = await ask("POST", "/api/auth/device/token", { json });
    const { error, access_token: token = "" }: { error?: string; access_token?: string } = JSON.parse(text);
    return { status, error, token };
  };

  const listSessions = async ({ token }: Account): Promise<readonly Session[]> => {
    const sessions: Session[] = JSON.parse((await ask("GET", "/api/auth/sessions", { token })).text);
    return sessions;
  };

  const listDevices = async (account: Account): Promise<string[]> =>
    (await listSessions(account)).map(({ device }) => device).toSorted();

  /** Waits for a while, because the page signs itself out after it said that it is done. */
  const expectDevices = async (account: Account, devices: string[]): Promise<void> => {
    const deadline = Date.now() + 5000;
    while (Date.now() < deadline && (await listDevices(account)).length !== devices.length) await Bun.sleep(50);
    expect(await listDevices(account)).toEqual(devices);
  };

  const changeDatabase = (statement: string, value: string): void => {
    using db = new Database(database);
    db.run("pragma busy_timeout = 5000");
    db.run(statement, [value]);
  };

  /** Opens the page for a device, up to Approve and Deny. */
  const openDecision = async (account: Account, device: Device, size?: Size): Promise<Page> => {
    const page = await open(`/device?user_code=${device.user_code}`, size);
    await signIn(page, account);
    await findDevice(page);
    await see(page, "Let this device in?");
    return page;
  };

  return {
    ...browser,
    ask,
    newAccount,
    newDevice,
    poll,
    listSessions,
    listDevices,
    expectDevices,
    changeDatabase,
    openDecision,
  };
}

export function button(page: Page, name: string): Locator {
  return page.getByRole("button", { name, exact: true });
}

/** The field with this label in the step that is shown. */
export function field(page: Page, label: string): Locator {
  return page.getByLabel(label, { exact: true }).and(page.locator(":visible"));
}

export async function signIn(page: Page, { email }: Pick<Account, "email">, password = PASSWORD): Promise<void> {
  await field(page, "E-mail address").fill(email);
  await field(page, "Password").fill(password);
  await button(page, "Sign in").click();
}

/** Waits for a heading, with which each step begins. */
export async function see(page: Page, heading: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  expect(await page.title()).toBe(`${heading} – todo`);
}

export async function findDevice(page: Page, code?: string): Promise<void> {
  await see(page, "Which device?");
  if (code !== undefined) await field(page, CODE_FIELD).fill(code);
  await button(page, "Continue").click();
}

/** Waits until an alert says so, and looks whether it describes the field that has the focus. */
export async function expectProblem(page: Page, words: string | RegExp, focused?: string): Promise<void> {
  const problem = page.getByRole("alert").filter({ hasText: words });
  await problem.waitFor();
  if (focused === undefined) return;
  const id = await problem.getAttribute("id");
  const input = field(page, focused).and(page.locator(":focus"));
  expect((await input.getAttribute("aria-describedby"))?.split(" ")).toContain(id ?? "");
  expect(await input.getAttribute("aria-invalid")).toBe("true");
}
