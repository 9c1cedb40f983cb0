import { describe, expect, test } from "bun:test";
import { DAY, EMAIL, MINUTE, PASSWORD } from "../../../support/server/account-api.ts";
import { type Device, type Network, SITE, useOnline } from "../../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../../support/cli/terminal.ts";

const goOnline = useOnline();

const LINE = `Not syncing: your session at todo.example.com has ended. Log in again: todo login ${SITE}\n`;

const away: Network = () => Promise.reject(new Error("no network"));

/** Two devices of one account, of which the second has ended the session of the first. */
async function openEnded() {
  const online = await goOnline();
  const laptop = await online.signUp();
  const phone = await online.logIn();
  const sessions: { id: string; current: boolean }[] = JSON.parse(await phone.print("sessions", "--json"));
  const { id = "" } = sessions.find(({ current }) => !current) ?? {};
  await phone.print("sessions", "revoke", id);
  return { online, laptop, phone };
}

async function failureOf(device: Device): Promise<unknown> {
  return JSON.parse(await device.print("sync", "--status", "--json")).failure;
}

describe("an ended session", () => {
  test("is found by the sync in the background, and said by each next command until a new login", async () => {
    const { laptop } = await openEnded();
    Object.assign(laptop.setup, ON_A_TERMINAL);
    expect((await laptop.run("add", "Milk")).err).toBe("");
    expect(await laptop.run("sync", "--background")).toEqual({ code: 0, out: "", err: "" });
    expect(await laptop.run("list")).toMatchObject({ code: 0, err: LINE });
    expect(await laptop.run("add", "Bread")).toMatchObject({ code: 0, err: LINE });
    laptop.type(EMAIL, PASSWORD);
    expect((await laptop.run("login", SITE, "--password")).out).toContain("Sent 2 tasks\n");
    expect((await laptop.run("list")).err).toBe("");
  });

  test("is said once a day where nobody sits at a terminal, and never to programs", async () => {
    const { online, laptop } = await openEnded();
    await laptop.run("sync", "--background");
    for (const flag of ["--json", "--ndjson", "--quiet"]) expect((await laptop.run("list", flag)).err).toBe("");
    expect((await laptop.run("list")).err).toBe(LINE);
    expect((await laptop.run("list")).err).toBe("");
    online.goOn(DAY);
    expect((await laptop.run("list")).err).toBe(LINE);
  });

  test("is not looked up again where it was said and nobody sits at a terminal", async () => {
    const { laptop } = await openEnded();
    await laptop.run("sync", "--background");
    expect((await laptop.run("list")).err).toBe(LINE);
    const asked: string[] = [];
    laptop.setup.keychain = {
      ...laptop.setup.keychain,
      get: (name) => Promise.resolve(asked.push(name)).then(() => null),
    };
    laptop.setup.env["TODO_CREDENTIAL_STORE"] = "keychain";
    laptop.kept.clear();
    expect((await laptop.run("list")).err).toBe("");
    expect(asked).toEqual([]);
  });

  test("is not said after a logout, which ends it on purpose", async () => {
    const { laptop } = await openEnded();
    await laptop.print("logout");
    await laptop.run("sync", "--background");
    Object.assign(laptop.setup, ON_A_TERMINAL);
    expect((await laptop.run("add", "Tea")).err).toBe("");
  });

  test("is said of a token in TODO_TOKEN with what mends that", async () => {
    const { laptop } = await openEnded();
    Object.assign(laptop.setup, ON_A_TERMINAL);
    laptop.setup.env["TODO_TOKEN"] = "todo_pat_wrong";
    await laptop.run("sync", "--background");
    expect((await laptop.run("add", "Tea")).err).toBe(
      "Not syncing: todo.example.com refuses the token of TODO_TOKEN. Set TODO_TOKEN to another one.\n",
    );
  });

  test.each(["sync", "sync --background"])(
    "takes the place of an older reason when `todo %s` finds it",
    async (line) => {
      const { online, laptop } = await openEnded();
      online.state.network = away;
      await laptop.run("sync", "--background");
      const since = new Date(laptop.setup.now).toISOString();
      expect(await failureOf(laptop)).toMatchObject({ since, code: "unavailable" });
      online.goOn(MINUTE);
      online.state.network = (_, pass) => pass();
      await laptop.run(...line.split(" "));
      const at = new Date(laptop.setup.now).toISOString();
      const message = "your session at todo.example.com has ended";
      expect(await failureOf(laptop)).toEqual({ since, at, code: "unauthorized", message });
      expect(await laptop.print("sync", "--status")).toMatch(
        /^newest reason +your session at todo\.example\.com has ended \(2026-11-20 10:01\)$/m,
      );
    },
  );
});

test("an account that is disabled and enabled again has ended its sessions, and its device says so", async () => {
  const online = await goOnline();
  const laptop = await online.signUp(EMAIL, { terminals: ["out", "err"] });
  const { accounts } = online.api;
  const account = await accounts.findAccount({ email: EMAIL });
  for (const at of [online.api.clock.now, null]) await accounts.setDisabled(account?.id ?? "", at);
  online.goOn(MINUTE);
  await laptop.run("sync", "--background");
  expect((await laptop.run("add", "Tea")).err).toBe(LINE);
});
