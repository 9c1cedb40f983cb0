import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { useTerminals } from "../../support/cli/terminal.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { DAY } from "../../support/server/account-api.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

/** A database that follows no server, with one task and one that was deleted. */
async function openLocal(path = ":memory:") {
  const terminal = openTerminal({ env: { TODO_DB: path } });
  await terminal.print("add", "Milk");
  const { handle }: { handle: string } = JSON.parse(await terminal.print("add", "--json", "Tea"));
  await terminal.print("rm", handle);
  return terminal;
}

describe("a database that follows no server", () => {
  test("is purged in the background once what was deleted is 180 days old, and then once a day", async () => {
    const terminal = await openLocal();
    terminal.setup.now += 180 * DAY;
    await terminal.print("list");
    expect(terminal.starts).toEqual([]);
    terminal.setup.now += DAY;
    await terminal.print("list");
    expect(terminal.starts).toEqual([expect.stringMatching(/^sync --background --db /)]);
    expect(await terminal.run("sync", "--background")).toEqual({ code: 0, out: "", err: "" });
    expect(await terminal.print("log")).not.toContain("Tea");
    expect(await terminal.print("log")).toContain("Milk");
    expect((await terminal.tasks()).map(({ title }) => title)).toEqual(["Milk"]);
    await terminal.print("list");
    expect(terminal.starts).toHaveLength(1);
    terminal.setup.now += DAY;
    await terminal.print("list");
    expect(terminal.starts).toHaveLength(2);
  });

  test("is not purged where that can't be noted, or each command would start another process", async () => {
    const path = scratch("full.db");
    const terminal = await openLocal(path);
    const database = new Database(path);
    database.run("create trigger full before insert on replica begin select raise(abort, 'no room'); end");
    database.close();
    terminal.setup.now += 181 * DAY;
    await terminal.print("list");
    expect(terminal.starts).toEqual([]);
  });

  test("is purged by one process, however many commands follow before it is done", async () => {
    const terminal = await openLocal();
    terminal.setup.now += 181 * DAY;
    await terminal.print("list");
    await terminal.print("list");
    expect(terminal.starts).toHaveLength(1);
  });

  test("is left alone by a purge that is not due", async () => {
    const terminal = await openLocal();
    await terminal.print("sync", "--background");
    expect(await terminal.print("log")).toContain("Tea");
  });
});
