import { describe, expect, test } from "bun:test";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { DATABASE, onServer } from "../../support/cli/remote.ts";
import { type Device, SITE, useOnline } from "../../support/cli/online.ts";
import { ON_A_TERMINAL, useTerminals } from "../../support/cli/terminal.ts";

const goOnline = useOnline();
const openTerminal = useTerminals();

async function exportAll(device: Device): Promise<unknown> {
  return JSON.parse(await device.print("export", "--deleted"));
}

describe("`todo sync`", () => {
  test("brings what is here to the server, and takes what other devices brought", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    await laptop.print("add", "Milk", "+shop");
    expect(await laptop.print("sync", "--yes")).toBe("Sent 1 task\n");
    const phone = await online.logIn();
    // Ids are made of the time here.
    online.goOn(1000);
    await phone.print("add", "Tea");
    expect(await phone.print("sync")).toBe("Sent 1 task\n");
    expect(await laptop.print("sync")).toBe("Received 1 task\n");
    expect(await laptop.titles()).toEqual(["Milk", "Tea"]);
    expect(await exportAll(phone)).toEqual(await exportAll(laptop));
    expect(await laptop.print("sync")).toBe("Up to date with todo.example.com\n");
  });

  test("keeps the edits of both devices of one task, and of one field the later one", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    const { handle } = await laptop.add("Milk");
    await laptop.print("sync", "--yes");
    const phone = await online.logIn();
    await phone.print("sync");
    await laptop.print("edit", handle, "--description", "two litres", "+shop");
    await laptop.print("edit", handle, "--title", "title of laptop");
    online.goOn(1000);
    await phone.print("edit", handle, "--title", "title of phone");
    await phone.print("done", handle);
    for (const device of [laptop, phone, laptop]) await device.print("sync");
    expect(await exportAll(phone)).toEqual(await exportAll(laptop));
    expect(await exportAll(laptop)).toMatchObject([
      { title: "title of phone", description: "two litres", tags: ["shop"], completed: true },
    ]);
  });

  test("shows in the log what which other device changed, with the value that was lost", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    const { handle } = await laptop.add("Milk");
    await laptop.print("sync", "--yes");
    const phone = await online.logIn();
    await phone.print("sync");
    online.goOn(1000);
    await phone.print("edit", handle, "--title", "Oat milk");
    await phone.print("sync");
    await laptop.print("sync");
    const { device }: { device: string } = JSON.parse(await phone.print("info", "--json"));
    expect(await laptop.print("log", handle)).toContain(
      `  ${device}  sync      ${handle}  title "Milk" → "Oat milk"\n`,
    );
  });

  test("leaves what others did alone when it takes back", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    await laptop.print("add", "Mine");
    await laptop.print("sync", "--yes");
    const phone = await online.logIn();
    online.goOn(1000);
    await phone.print("add", "Theirs");
    await phone.print("sync", "--yes");
    await laptop.print("sync");
    expect(await laptop.print("undo")).toContain("Mine");
    expect(await laptop.print("list")).toContain("Theirs");
  });

  test("asks before it uploads what is here, and uploads nothing unless somebody agrees", async () => {
    const online = await goOnline();
    await online.signUp();
    const laptop = online.device();
    await laptop.print("add", "Milk");
    laptop.type(EMAIL, PASSWORD);
    await laptop.print("login", SITE, "--password");
    const before = online.paths().filter((path) => path.includes("sync"));
    const piped = await laptop.run("sync");
    expect([piped.code, piped.err]).toEqual([
      2,
      "todo: 1 task would be uploaded to todo.example.com as ada@example.com\n  Agree with: todo sync --yes\n",
    ]);
    Object.assign(laptop.setup, ON_A_TERMINAL);
    laptop.type("n");
    expect((await laptop.run("sync")).code).toBe(2);
    expect(online.paths().filter((path) => path.includes("sync"))).toEqual(before);
    laptop.type("y");
    expect((await laptop.run("sync")).out).toBe("Sent 1 task\n");
  });

  test("says whom it follows and what is unsent", async () => {
    const online = await goOnline();
    const laptop = online.device();
    expect(JSON.parse(await laptop.print("sync", "--status", "--json"))).toEqual({
      server: null,
      user: null,
      email: null,
      synced_at: null,
      failure: null,
      auto: true,
      unsent: 0,
      rejected: [],
    });
    laptop.type(EMAIL, PASSWORD);
    await laptop.print("signup", SITE);
    await laptop.print("sync");
    await laptop.print("add", "Milk");
    await laptop.print("add", "Bread");
    expect(JSON.parse(await laptop.print("sync", "--status", "--json"))).toMatchObject({
      server: SITE,
      user: laptop.credentials()[SITE]?.["user"],
      email: EMAIL,
      unsent: 2,
    });
    expect(await laptop.print("sync", "--status")).toMatch(/^user +ada@example\.com$[^]*^unsent +2 tasks$/m);
  });

  test("says what is missing until the first upload was agreed to", async () => {
    const online = await goOnline();
    const laptop = online.device();
    expect(await laptop.print("sync", "--status")).toMatch(/^server +none: todo login, then todo sync$/m);
    await laptop.print("add", "Milk");
    laptop.type(EMAIL, PASSWORD);
    await laptop.print("signup", SITE);
    expect(await laptop.print("sync", "--status")).toMatch(/^server +none yet: todo sync$/m);
  });

  test("leaves everything as it was where the server is away, and goes on later", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    await laptop.print("sync");
    await laptop.print("add", "Milk");
    online.state.network = () => Promise.reject(new Error("no network"));
    expect((await laptop.run("sync")).code).toBe(6);
    expect(await laptop.titles()).toEqual(["Milk"]);
    online.state.network = (_, pass) => pass();
    expect(await laptop.print("sync")).toBe("Sent 1 task\n");
  });

  test("sends a change again whose answer was lost, and it is there once", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    await laptop.print("sync");
    await laptop.print("add", "Milk");
    online.state.network = async (_, pass) => {
      await pass();
      throw new Error("the line was cut");
    };
    expect((await laptop.run("sync")).code).toBe(6);
    online.state.network = (_, pass) => pass();
    await laptop.print("sync");
    const phone = await online.logIn();
    await phone.print("sync");
    expect(await phone.titles()).toEqual(["Milk"]);
  });

  test("brings the edits of a device whose clock is days ahead, in their order, and none of them outlasts what others do", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    await laptop.print("sync");
    laptop.setup.now += 10 * 86_400_000;
    const { handle } = await laptop.add("First");
    laptop.setup.now += 1000;
    await laptop.print("edit", handle, "--title", "Second");
    expect(await laptop.print("sync")).toBe("Sent 1 task\n");
    const phone = await online.logIn(undefined, { now: Date.now() + 1000 });
    await phone.print("sync");
    expect(await phone.titles()).toEqual(["Second"]);
    await phone.print("edit", handle, "--title", "Third");
    await phone.print("sync");
    await laptop.print("sync");
    expect(await laptop.titles()).toEqual(["Third"]);
  });

  test("follows one account only, and brings nothing of it to another", async () => {
    const online = await goOnline();
    const laptop = await online.signUp();
    await laptop.print("add", "Milk");
    await laptop.print("sync", "--yes");
    await laptop.print("add", "Secret");
    laptop.type("ben@example.com", "seven tall green lamps");
    await laptop.print("signup", SITE);
    const { code, err } = await laptop.run("sync");
    expect(code).toBe(5);
    expect(err).toBe(
      [
        "todo: todo.example.com: this replica follows another account",
        "  Log in as the account that it follows, or give another file with --db or TODO_DB.\n",
      ].join("\n"),
    );
    const other = await online.logIn("ben@example.com");
    expect(await other.print("sync")).toBe("Up to date with todo.example.com\n");
    expect(await laptop.print("sync", "--status", "--json")).toContain('"unsent":1');
  });

  test("is for a database in a file, and needs a login", async () => {
    expect((await openTerminal(onServer()).run("sync", "--db", DATABASE)).code).toBe(2);
    expect((await openTerminal().run("sync")).err).toContain("no server to sync with is given");
  });
});
