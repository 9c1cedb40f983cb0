import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { DatabaseServer } from "../../../../src/ports/database.ts";
import { DRIVERS, usePostgresStores } from "../../../support/postgres/stores.ts";
import { DATABASE, NAME, withToken } from "../../../support/cli/remote.ts";
import { type Terminal, useTerminals } from "../../../support/cli/terminal.ts";

const openTerminal = useTerminals();

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
      openTerminal({ ...(await withToken("ada")), server: server() }),
      openTerminal({ ...(await withToken("ada")), server: server() }),
      openTerminal({ ...(await withToken("eve")), server: server() }),
    ];
    await laptop.print("add", "Milk", "+shop");
    phone.setup.now += 1000;
    await phone.print("add", "Tea");
    expect(await laptop.print("sync", DATABASE, "--yes")).toBe("Sent 1 task\n");
    expect(await phone.print("sync", DATABASE, "--yes")).toBe("Sent 1 task, received 1 task\n");
    phone.setup.env["TODO_REMOTE"] = DATABASE;
    const [milk] = JSON.parse(await phone.print("list", "+shop", "--json"));
    await phone.print("done", milk.id);
    expect(await phone.print("sync")).toBe("Sent 1 task\n");
    expect(await laptop.print("sync", DATABASE)).toBe("Received 2 tasks\n");
    expect(await exportAll(laptop)).toEqual(await exportAll(phone));
    expect(await exportAll(laptop)).toHaveLength(2);
    expect(await other.print("sync", DATABASE, "--yes")).toBe(`Up to date with ${NAME}\n`);
    expect(await exportAll(other)).toEqual([]);
  });
});
