import { describe, expect, test } from "bun:test";
import {
  button,
  CODE_FIELD,
  expectProblem,
  field,
  findDevice,
  PASSWORD,
  see,
  signIn,
  useDevicePage,
} from "./on-device-page.ts";

// Lets devices in at /device in a real browser, which is not everywhere: bun run test:browser

const NARROW = { width: 320, height: 640 };

const { ask, newAccount, newDevice, poll, listSessions, listDevices, expectDevices, open, openDecision, ...browser } =
  useDevicePage();
const { origin, expectNoOffence } = browser;

describe("a device", () => {
  test("is let in, and the page leaves nothing behind", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const page = await open(`/device?user_code=${device.user_code}`);
    expect(page.url()).toBe(`${origin()}/device`);
    await signIn(page, account);
    await see(page, "Which device?");
    expect(await field(page, CODE_FIELD).inputValue()).toBe(device.user_code);
    expect(await listDevices(account)).toEqual(["Browser at /device", "laptop"]);
    await findDevice(page);
    await see(page, "Let this device in?");
    expect(await page.getByRole("definition").allTextContents()).toEqual([
      device.user_code,
      "todo on kitchen",
      expect.stringMatching(/\d:\d\d/),
    ]);
    expect((await poll(device)).error).toBe("authorization_pending");
    await button(page, "Approve").click();
    await see(page, "Device approved");
    await page.getByText("You can close this page and go back to the terminal.").waitFor();
    await expectDevices(account, ["laptop"]);
    const { status, token } = await poll(device);
    expect(status).toBe(200);
    expect((await ask("GET", "/api/me", { token })).status).toBe(200);
    expect(await listDevices(account)).toEqual(["laptop", "todo on kitchen"]);
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate<unknown>("[localStorage.length, sessionStorage.length, document.cookie]")).toEqual([
      0,
      0,
      "",
    ]);
    for (const password of await page.locator("[name=password]").all()) expect(await password.inputValue()).toBe("");
    await expectNoOffence(page);
  });

  test("is refused", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const page = await openDecision(account, device);
    // The second click comes while the first is under way.
    await button(page, "Deny").dblclick();
    await see(page, "Device denied");
    await expectDevices(account, ["laptop"]);
    expect(await poll(device)).toMatchObject({ status: 400, error: "access_denied" });
    await expectNoOffence(page);
    await see(page, "Device denied");
  });

  test("whose name is HTML shows it as text", async () => {
    const name = `<img src=x onerror="document.title='hurt'"><b>kitchen</b>`;
    const page = await openDecision(await newAccount(), await newDevice(name));
    expect(await page.getByRole("definition").nth(1).textContent()).toBe(name);
    expect(await page.locator("dd img, dd b").count()).toBe(0);
    await expectNoOffence(page);
  });

  test("is let in with the keyboard alone", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const page = await open("/device");
    const { keyboard } = page;
    await keyboard.type(account.email);
    await keyboard.press("Tab");
    await keyboard.type(PASSWORD);
    await keyboard.press("Enter");
    await see(page, "Which device?");
    await keyboard.type(device.user_code.toLowerCase().replace("-", ""));
    await keyboard.press("Enter");
    await see(page, "Let this device in?");
    // A second Enter that was meant for the code approves nothing.
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("Approve");
    await keyboard.press("Tab");
    expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("Deny");
    await keyboard.press("Shift+Tab");
    await keyboard.press("Enter");
    await see(page, "Device approved");
    expect((await poll(device)).status).toBe(200);
    await expectNoOffence(page);
  });
});

describe("the page's own session", () => {
  test("ends with the page, whatever was left undone", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const page = await openDecision(account, device);
    expect(await listDevices(account)).toEqual(["Browser at /device", "laptop"]);
    await page.goto(`${origin()}/health`);
    await expectDevices(account, ["laptop"]);
    // Nothing is loaded: the browser kept the page. Playwright's goBack waits for a load.
    await page.evaluate("history.back()");
    await see(page, "Sign in");
    expect(await field(page, "Password").inputValue()).toBe("");
    const closed = await openDecision(account, device);
    await closed.close({ runBeforeUnload: true });
    await expectDevices(account, ["laptop"]);
    await expectNoOffence(page);
  });

  test("can be ended elsewhere, and then begins again where it stopped", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const page = await openDecision(account, device);
    const own = (await listSessions(account)).find(({ device: name }) => name === "Browser at /device");
    await ask("DELETE", `/api/auth/sessions/${own?.id}`, { token: account.token });
    await button(page, "Approve").click();
    await see(page, "Sign in");
    await expectProblem(page, "Your session is over. Sign in again.");
    expect((await poll(device)).error).toBe("authorization_pending");
    await field(page, "Password").fill(PASSWORD);
    await button(page, "Sign in").click();
    await findDevice(page);
    await button(page, "Approve").click();
    await see(page, "Device approved");
    await expectDevices(account, ["laptop"]);
    await expectNoOffence(page);
  });

  test("is over after a quarter of an hour", async () => {
    const account = await newAccount();
    const page = await open("/device");
    await page.clock.install();
    await signIn(page, account);
    await see(page, "Which device?");
    await page.clock.fastForward("14:59");
    expect(await listDevices(account)).toHaveLength(2);
    await see(page, "Which device?");
    await page.clock.fastForward("00:02");
    await see(page, "Sign in");
    await expectProblem(page, "Your session is over. Sign in again.");
    await expectDevices(account, ["laptop"]);
    await expectNoOffence(page);
  });

  test("is ended later where the server is out of reach", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const page = await openDecision(account, device);
    await page.route("**/api/auth/**", (route) => route.abort());
    await button(page, "Approve").click();
    await expectProblem(page, "The server did not answer. Check your connection and try again.");
    await page.unroute("**/api/auth/**");
    await page.route("**/api/auth/logout", (route) => route.abort());
    await button(page, "Approve").click();
    await see(page, "Device approved");
    await expectProblem(page, "This page could not sign itself out.");
    expect(await listDevices(account)).toEqual(["Browser at /device", "laptop"]);
    await page.unroute("**/api/auth/logout");
    await page.goto(`${origin()}/health`);
    await expectDevices(account, ["laptop"]);
    await expectNoOffence(page);
  });
});

test("everything fits a screen of 320 pixels, also with a long name and a long address", async () => {
  const email = `${"a".repeat(60)}@${"example".repeat(8)}.com`;
  await ask("POST", "/api/auth/register", { json: { email, password: PASSWORD } });
  const device = await newDevice("W".repeat(100));
  const page = await open(`/device?user_code=${device.user_code}`, NARROW);
  await expectNoOffence(page, { fits: true });
  await button(page, "Create an account").click();
  await expectNoOffence(page, { fits: true });
  await button(page, "I have an account").click();
  await signIn(page, { email });
  await see(page, "Which device?");
  await expectNoOffence(page, { fits: true });
  await findDevice(page);
  await see(page, "Let this device in?");
  await expectNoOffence(page, { fits: true });
  await button(page, "Approve").click();
  await see(page, "Device approved");
  await expectNoOffence(page, { fits: true });
});
