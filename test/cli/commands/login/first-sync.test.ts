import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../../support/server/account-api.ts";
import { type Device, type Network, SITE, useOnline } from "../../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../../support/cli/terminal.ts";

const goOnline = useOnline();

const LOGGED_IN = `Logged in as ${EMAIL} to todo.example.com\n`;

const withoutSync: Network = ({ path }, pass) => (path === "/api/sync" ? Promise.reject(new Error("cut")) : pass());

/** A server with an account that has so many tasks, and a device that is not logged in. */
async function openWithTasks(count: number) {
  const online = await goOnline();
  const laptop = await online.signUp();
  laptop.setup.stdin = "Milk\n".repeat(count);
  if (count > 0) await laptop.print("add", "-");
  await laptop.print("sync");
  const phone = online.device();
  online.goOn(1000);
  return { online, laptop, phone };
}

function logIn(device: Device, ...more: string[]) {
  device.type(EMAIL, PASSWORD);
  return device.run("login", SITE, "--password", ...more);
}

describe("the first sync of a login", () => {
  test("brings all tasks, so that the first list shows them", async () => {
    const { phone } = await openWithTasks(11);
    expect(await logIn(phone)).toEqual({ code: 0, out: `${LOGGED_IN}Received 11 tasks\n`, err: "" });
    expect((await phone.print("list")).match(/Milk/g)).toHaveLength(11);
    expect(phone.starts).toEqual([]);
  });

  test("uploads what is here, after a sign-up too", async () => {
    const online = await goOnline();
    const laptop = online.device(ON_A_TERMINAL);
    await laptop.print("add", "Milk");
    laptop.type(EMAIL, PASSWORD, PASSWORD, "y");
    expect((await laptop.run("signup", SITE)).out).toBe(`${LOGGED_IN}Sent 1 task\n`);
  });

  test("says both where both sides have tasks", async () => {
    const { phone } = await openWithTasks(2);
    await phone.print("add", "Tea");
    expect((await logIn(phone, "--yes")).out).toBe(`${LOGGED_IN}Sent 1 task, received 2 tasks\n`);
  });

  test("is one JSON object with the login", async () => {
    const { phone } = await openWithTasks(2);
    const { out, err } = await logIn(phone, "--json");
    expect([JSON.parse(out), err]).toEqual([
      {
        user: phone.credentials()[SITE]?.["user"],
        email: EMAIL,
        server: SITE,
        database: null,
        expires_at: null,
        synced: { sent: 0, received: 2, rejected: 0, conflicts: 0 },
      },
      "",
    ]);
  });

  test("shows how far it is where it takes longer than a second", async () => {
    const { phone } = await openWithTasks(2);
    Object.assign(phone.setup, { terminals: ["err"], step: 300 });
    expect((await logIn(phone)).err).toStartWith("\rSyncing: sent 0, received 2\u001b[K");
  });

  test("leaves the login good where it fails, and says what to type", async () => {
    const { online, phone } = await openWithTasks(2);
    online.state.network = withoutSync;
    const why = "Not synced yet: todo.example.com can't be reached. Try again: todo sync\n";
    expect(await logIn(phone)).toEqual({ code: 0, out: LOGGED_IN, err: why });
    const { out, err } = await logIn(phone, "--json");
    expect([JSON.parse(out), err]).toEqual([expect.objectContaining({ email: EMAIL, synced: null }), why]);
    expect(JSON.parse(await phone.print("sync", "--status", "--json"))).toMatchObject({
      server: SITE,
      failure: { code: "unavailable" },
    });
    online.state.network = (_, pass) => pass();
    expect(await phone.print("sync")).toBe("Received 2 tasks\n");
  });

  test("waits for the user where syncing by itself is off", async () => {
    const { online, phone } = await openWithTasks(2);
    phone.setup.env["TODO_SYNC_AUTO"] = "off";
    const before = online.paths().filter((path) => path.endsWith("/api/sync"));
    expect(await logIn(phone)).toEqual({ code: 0, out: LOGGED_IN, err: "" });
    expect(online.paths().filter((path) => path.endsWith("/api/sync"))).toEqual(before);
    expect(await phone.print("sync")).toBe("Received 2 tasks\n");
  });
});
