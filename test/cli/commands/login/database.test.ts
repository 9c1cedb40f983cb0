import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { EMAIL, PASSWORD } from "../../../support/server/account-api.ts";
import { DATABASE } from "../../../support/cli/remote.ts";
import { type Device, SITE, useOnline } from "../../../support/cli/online.ts";
import { useScratch } from "../../../support/disks/scratch.ts";
import { ON_A_TERMINAL } from "../../../support/cli/terminal.ts";

const goOnline = useOnline();
const scratch = useScratch();

const BEN = "ben@example.com";

/** A server with the accounts of Ada and Ben, and a device of Ada's with data where data is by default. */
async function openHome() {
  const online = await goOnline({ signup: "open" });
  await online.signUp();
  await online.signUp(BEN);
  const data = scratch(crypto.randomUUID());
  mkdirSync(`${data}/todo`, { recursive: true });
  const device = online.device({ env: { TODO_DB: "", XDG_DATA_HOME: data } });
  return { online, device, first: `${data}/todo/todo.db`, folder: `${data}/todo` };
}

function logIn(device: Device, email = EMAIL, ...more: string[]) {
  device.type(email, PASSWORD);
  return device.run("login", SITE, "--password", ...more);
}

async function status(device: Device): Promise<{ server: string | null; unsent: number }> {
  return JSON.parse(await device.print("sync", "--status", "--json"));
}

async function pathOf(device: Device): Promise<string> {
  return (await device.print("info", "-q")).trimEnd();
}

describe("a login on a device with tasks of its own", () => {
  test("says how many will be uploaded, and asks", async () => {
    const { device } = await openHome();
    await device.print("add", "Milk");
    await device.print("add", "Tea");
    Object.assign(device.setup, ON_A_TERMINAL);
    device.type(EMAIL, PASSWORD, "y");
    expect(await device.run("login", SITE, "--password")).toEqual({
      code: 0,
      out: `Logged in as ${EMAIL} to todo.example.com\nSent 2 tasks\n`,
      err: `E-mail: Password: \nUpload 2 tasks to todo.example.com as ${EMAIL}? [y/N] `,
    });
    expect(await status(device)).toMatchObject({ server: SITE, unsent: 0 });
  });

  test("uploads nothing where somebody does not agree, and is logged in", async () => {
    const { device } = await openHome();
    await device.print("add", "Milk");
    Object.assign(device.setup, ON_A_TERMINAL);
    device.type(EMAIL, PASSWORD, "n");
    const { code, err } = await device.run("login", SITE, "--password");
    expect([code, err]).toEqual([0, expect.stringContaining("Nothing was uploaded: todo sync asks again.\n")]);
    expect(await status(device)).toMatchObject({ server: null, unsent: 0 });
    expect(await device.print("whoami")).toContain(EMAIL);
  });

  test("does not ask where nobody can answer, and says what to type", async () => {
    const { device } = await openHome();
    await device.print("add", "Milk");
    const { code, err } = await logIn(device);
    expect([code, err]).toEqual([0, expect.stringContaining("Nothing was uploaded: todo sync --yes does it.\n")]);
    expect((await status(device)).server).toBeNull();
  });

  test("does not ask with --yes", async () => {
    const { device } = await openHome();
    await device.print("add", "Milk");
    expect(await logIn(device, EMAIL, "--yes")).toMatchObject({
      code: 0,
      out: expect.stringContaining("Sent 1 task\n"),
    });
    expect(await status(device)).toMatchObject({ server: SITE, unsent: 0 });
  });

  test("does not ask on a device without tasks, nor one that follows the account already", async () => {
    const { device } = await openHome();
    await logIn(device);
    expect(await status(device)).toMatchObject({ server: SITE, unsent: 0 });
    await device.print("add", "Milk");
    const again = await logIn(device);
    expect([again.code, again.err]).toEqual([0, expect.not.stringContaining("Nothing")]);
    expect(await status(device)).toMatchObject({ server: SITE, unsent: 0 });
  });

  test("a new account is followed from the beginning, too", async () => {
    const { device } = await openHome();
    device.type("cy@example.com", PASSWORD);
    await device.print("signup", SITE);
    expect((await status(device)).server).toBe(SITE);
  });
});

describe("another account on the same device", () => {
  test("gets a database of its own, and the first one its tasks back", async () => {
    const { device, first, folder, online } = await openHome();
    await logIn(device);
    await device.print("add", "Ada's");
    await device.print("sync");
    const { err } = await logIn(device, BEN);
    const own = await pathOf(device);
    expect(own).toMatch(/^\S+\/todo\.example\.com-[0-9a-f]{12}\.db$/);
    expect(own).toStartWith(folder);
    expect(err).toEndWith(`The tasks of this account are in ${own}\n`);
    expect(device.config()).toEqual({ server: SITE, database: own });
    expect(await device.print("list", "-q")).toBe("");
    online.goOn(1000);
    await device.print("add", "Ben's");
    expect(await device.print("sync")).toBe("Sent 1 task\n");
    expect((await logIn(device)).err).toEndWith(`The tasks of this account are in ${first}\n`);
    expect([await pathOf(device), device.config()]).toEqual([first, { server: SITE }]);
    expect(await device.print("list")).toContain("Ada's");
    await logIn(device, BEN);
    expect(await pathOf(device)).toBe(own);
    expect(await device.print("list")).toContain("Ben's");
    expect(await device.print("sync")).toBe("Up to date with todo.example.com\n");
  });

  test("leaves a database alone that the user has named", async () => {
    const { device, folder } = await openHome();
    device.setup.env["TODO_DB"] = `${folder}/mine.db`;
    await logIn(device);
    const { code, err } = await logIn(device, BEN);
    expect([code, err]).toEqual([
      0,
      expect.stringContaining("This database follows another account. Give another file with --db or TODO_DB.\n"),
    ]);
    expect(device.config()).toEqual({ server: SITE });
    expect((await device.run("sync")).code).toBe(5);
  });
});

describe("the database of the settings", () => {
  test("is used where neither --db nor TODO_DB says another", async () => {
    const { device, folder } = await openHome();
    device.configure({ database: `${folder}/other.db`, later: "a setting of a later version" });
    expect(await pathOf(device)).toBe(`${folder}/other.db`);
    expect((await device.print("info", "-q", "--db", ":memory:")).trimEnd()).toBe(":memory:");
    device.setup.env["TODO_DB"] = `${folder}/third.db`;
    expect(await pathOf(device)).toBe(`${folder}/third.db`);
  });

  test("stops every command where the file can't be read, so that nothing lands in another's tasks", async () => {
    const { device, folder } = await openHome();
    const { code, err } = await device.run("list", "--db", `${folder}/a.db`);
    expect([code, err]).toEqual([0, ""]);
    writeFileSync(device.path.replace("credentials", "config"), "not JSON");
    expect((await device.run("list")).code).toBe(2);
  });

  test("is no URL with a password, and a URL in TODO_DB is not shown", async () => {
    const { device } = await openHome();
    device.configure({ database: "postgres://ann:hunter2@localhost/todo" });
    const { code, err } = await device.run("list");
    expect([code, err]).toEqual([2, expect.not.stringContaining("hunter2")]);
    device.configure({});
    device.setup.env["TODO_DB"] = DATABASE;
    const found = await device.run("config", "get", "database");
    expect([found.code, found.err]).toEqual([3, "todo: database is not used, because TODO_DB is set\n"]);
  });
});
