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

// What the page at /device says where it can't let somebody or something in: bun run test:browser

const { ask, newAccount, newDevice, poll, expectDevices, changeDatabase, open, openDecision, serve, expectNoOffence } =
  useDevicePage();

describe("a code", () => {
  test("that is wrong can be mended, and is not sent where it can't be one", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const page = await open("/device?user_code=BBBB-BBBB");
    await signIn(page, account);
    await findDevice(page);
    await expectProblem(page, "No device waits with this code.", CODE_FIELD);
    for (const short of ["", "BCDF-GHJ", "1234-5678", "BCDF-GHJKL"]) {
      await findDevice(page, short);
      await expectProblem(page, short === "" ? "Please fill this in." : "A code has eight letters", CODE_FIELD);
    }
    await findDevice(page, ` ${device.user_code.toLowerCase().replace("-", " – ")} `);
    await see(page, "Let this device in?");
    await button(page, "Approve").click();
    await see(page, "Device approved");
    await expectNoOffence(page);
  });

  test("that somebody used in the meantime is told", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const [first, second] = [await openDecision(account, device), await openDecision(account, device)];
    await button(first, "Approve").click();
    await see(first, "Device approved");
    await button(second, "Approve").click();
    await see(second, "Which device?");
    await expectProblem(second, "This code was used before.", CODE_FIELD);
    expect((await poll(device)).status).toBe(200);
    await findDevice(second);
    await expectProblem(second, "No device waits with this code.", CODE_FIELD);
    const other = await newDevice("the other one");
    await findDevice(second, other.user_code);
    await button(second, "Deny").click();
    await see(second, "Device denied");
    await expectDevices(account, ["laptop", "todo on kitchen"]);
    await expectNoOffence(second);
  });

  test("that ran out is told, also where that was after it was shown", async () => {
    const [account, device] = [await newAccount(), await newDevice()];
    const page = await openDecision(account, device);
    changeDatabase(
      "update device_codes set expires_at = created_at where user_code = ?",
      device.user_code.replace("-", ""),
    );
    await button(page, "Approve").click();
    await see(page, "Which device?");
    await expectProblem(page, "older than ten minutes", CODE_FIELD);
    await findDevice(page);
    await expectProblem(page, "older than ten minutes", CODE_FIELD);
    await expectNoOffence(page);
  });

  test("is not guessed: after five wrong ones there is a pause", async () => {
    const page = await open("/device");
    await signIn(page, await newAccount());
    for (const last of "BCDFG") {
      await findDevice(page, `BBBB-BBB${last}`);
      await expectProblem(page, "No device waits with this code.");
    }
    await findDevice(page, "BBBB-BBBH");
    await expectProblem(page, /Too many attempts\. Try again in 1[12]\d seconds\./, CODE_FIELD);
    await expectNoOffence(page);
  });
});

describe("an account", () => {
  test("is made on the page", async () => {
    const [{ email: taken }, device] = [await newAccount(), await newDevice()];
    const email = "grace@example.com";
    const page = await open(`/device?user_code=${device.user_code}`);
    await field(page, "E-mail address").fill(taken);
    await button(page, "Create an account").click();
    await see(page, "Create an account");
    expect(await field(page, "E-mail address").inputValue()).toBe(taken);
    await field(page, "Password").fill("too short");
    await button(page, "Create the account").click();
    await expectProblem(page, "It needs at least 12 characters.", "Password");
    await field(page, "Password").fill("passwordpassword");
    await button(page, "Create the account").click();
    await expectProblem(page, "It is one of the commonest passwords.", "Password");
    await field(page, "Password").fill(PASSWORD);
    await button(page, "Create the account").click();
    await expectProblem(page, "There is an account with this e-mail address.", "E-mail address");
    await field(page, "E-mail address").fill("grace");
    await button(page, "Create the account").click();
    await expectProblem(page, "It is not an e-mail address.", "E-mail address");
    await field(page, "E-mail address").fill(email);
    await button(page, "Create the account").click();
    await findDevice(page);
    await page.getByText(email).and(page.locator(":visible")).waitFor();
    await button(page, "Approve").click();
    await see(page, "Device approved");
    const { status, token } = await poll(device);
    expect(status).toBe(200);
    await expectDevices({ email, token }, ["todo on kitchen"]);
    await expectNoOffence(page);
  });

  test("is not made where sign-up is closed or by invitation", async () => {
    for (const [mode, words] of [
      ["closed", "Nobody can sign up here."],
      ["invite", "Only who was invited can sign up here."],
    ] as const) {
      const page = await open(`${await serve({ TODO_SIGNUP: mode })}/device`);
      await button(page, "Create an account").click();
      await field(page, "E-mail address").fill("late@example.com");
      await field(page, "Password").fill(PASSWORD);
      await button(page, "Create the account").click();
      await expectProblem(page, words);
      await field(page, "Invitation code, if you have one").fill("todo_inv_nothing");
      await button(page, "Create the account").click();
      await expectProblem(
        page,
        mode === "closed" ? words : "Nobody can sign up here without an invitation that is good.",
      );
      await button(page, "I have an account").click();
      await see(page, "Sign in");
      expect(await field(page, "E-mail address").inputValue()).toBe("late@example.com");
      await expectNoOffence(page);
    }
  });

  test("is not entered with a wrong password, and then with the right one", async () => {
    const account = await newAccount();
    const page = await open("/device");
    await button(page, "Sign in").click();
    await expectProblem(page, "Please fill this in.", "E-mail address");
    await signIn(page, account, "");
    await expectProblem(page, "Please fill this in.", "Password");
    await signIn(page, account, "wrong");
    await expectProblem(page, "The e-mail address or the password is wrong.", "Password");
    await field(page, "Show the password").check();
    expect(await field(page, "Password").getAttribute("type")).toBe("text");
    await signIn(page, account);
    await see(page, "Which device?");
    await expectNoOffence(page);
  });

  test("that is disabled is told so", async () => {
    const account = await newAccount();
    changeDatabase("update accounts set disabled_at = 1 where email = ?", account.email);
    const page = await open("/device");
    await signIn(page, account);
    await expectProblem(page, "This account is disabled.");
    await expectNoOffence(page);
  });

  test("can't be tried out without end", async () => {
    const { email } = await newAccount();
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await ask("POST", "/api/auth/login", { json: { email, password: "wrong" } });
    }
    const page = await open("/device");
    await signIn(page, { email });
    await expectProblem(page, "Too many attempts. Try again in 6 minutes.");
    await expectNoOffence(page);
  });
});
