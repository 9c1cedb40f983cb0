import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { DatabaseServer } from "../../../../src/ports/database.ts";
import { DRIVERS, usePostgresStores } from "../../../support/postgres/stores.ts";
import { DATABASE, ORIGIN, PASSWORD, SECRET, tokenOf } from "../../../support/cli/remote.ts";
import { type Terminal, useTerminals } from "../../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** A device with a file of its own, whose user may be known by a token. */
async function openDevice(user: string, server: Partial<DatabaseServer> = {}, claims = {}): Promise<Terminal> {
  const env = { BETTER_AUTH_SECRET: SECRET, TODO_TOKEN: await tokenOf(user, claims) };
  return openTerminal({ env, server });
}

async function exportAll(device: Terminal): Promise<unknown> {
  return JSON.parse(await device.print("export", "--deleted"));
}

describe.each(DRIVERS)("`todo sync postgres://…`, through the driver %s,", (driver) => {
  const openDatabase = usePostgresStores();
  let opened: DatabaseServer | undefined;
  beforeAll(async () => {
    opened = (await openDatabase(driver)).server;
  });
  afterAll(() => opened?.store.close());
  /** The next command needs the database, too. */
  const server = (): Partial<DatabaseServer> => {
    if (!opened) throw new Error("the database did not open");
    return { ...opened, store: { ...opened.store, close: () => Promise.resolve() } };
  };

  test("makes two devices agree without a server between them, and keeps users apart", async () => {
    const [laptop, phone, other] = [
      await openDevice("ada", server()),
      await openDevice("ada", server()),
      await openDevice("eve", server()),
    ];
    await laptop.print("add", "Milk", "+shop");
    phone.setup.now += 1000;
    await phone.print("add", "Tea");
    expect(await laptop.print("sync", DATABASE, "--yes")).toBe("Sent 1, received 0\n");
    expect(await phone.print("sync", DATABASE, "--yes")).toBe("Sent 1, received 1\n");
    phone.setup.env["TODO_REMOTE"] = DATABASE;
    const [milk] = JSON.parse(await phone.print("list", "+shop", "--json"));
    await phone.print("done", milk.id);
    expect(await phone.print("sync")).toBe("Sent 1, received 0\n");
    expect(await laptop.print("sync", DATABASE)).toBe("Sent 0, received 2\n");
    expect(await exportAll(laptop)).toEqual(await exportAll(phone));
    expect(await exportAll(laptop)).toHaveLength(2);
    expect(await other.print("sync", DATABASE, "--yes")).toBe("Sent 0, received 0\n");
    expect(await exportAll(other)).toEqual([]);
  });
});

describe("a database as a remote", () => {
  test("is asked for again where only its name is known, because no password is kept", async () => {
    const device = await openDevice("ada");
    expect(JSON.parse(await device.print("sync", DATABASE, "--json"))).toMatchObject({ server: ORIGIN, sent: 0 });
    expect(JSON.parse(await device.print("sync", "--status", "--json"))).toMatchObject({ server: ORIGIN, user: "ada" });
    const { code, err } = await device.run("sync");
    expect([code, err]).toEqual([
      2,
      `todo: this database follows ${ORIGIN}, whose password is not kept here\n  Give the whole URL: todo sync postgres://…, or set TODO_REMOTE to it.\n`,
    ]);
  });

  test("is refused for another user, and for another database, before anything is merged", async () => {
    const device = await openDevice("ada");
    await device.print("sync", DATABASE);
    await device.print("add", "Milk");
    device.setup.env["TODO_TOKEN"] = await tokenOf("eve");
    expect((await device.run("sync", DATABASE)).code).toBe(5);
    device.setup.env["TODO_TOKEN"] = await tokenOf("ada");
    const other = await device.run("sync", DATABASE.replace("todo?", "other?"));
    expect([other.code, other.err]).toEqual([5, expect.not.stringContaining(PASSWORD)]);
    expect(JSON.parse(await device.print("sync", "--status", "--json"))).toMatchObject({ unsent: 1 });
  });

  test("needs a token, and one that may write", async () => {
    const device = await openDevice("ada", {}, { scope: "tasks:read" });
    expect((await device.run("sync", DATABASE)).code).toBe(4);
    device.setup.env["TODO_TOKEN"] = "";
    const { code, err } = await device.run("sync", DATABASE);
    expect([code, err]).toEqual([4, expect.stringContaining("todo login --db postgres://… --token -")]);
    expect(device.opened).not.toContain(DATABASE);
    device.setup.stdin = await tokenOf("ada");
    await device.print("login", "--db", DATABASE, "--token", "-");
    expect(await device.print("sync", DATABASE)).toBe("Sent 0, received 0\n");
  });

  test("shows its password nowhere", async () => {
    const device = await openDevice("ada");
    await device.print("add", "Milk");
    for (const words of [[DATABASE], [DATABASE, "too much"], [DATABASE, "--yes"], ["--status"], [DATABASE, "--json"]]) {
      const { out, err } = await device.run("sync", ...words);
      expect(out + err).not.toContain(PASSWORD);
    }
  });
});
