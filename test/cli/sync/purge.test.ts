import { describe, expect, test } from "bun:test";
import { useTerminals } from "../../support/cli/terminal.ts";
import { DAY } from "../../support/server/account-api.ts";

const openTerminal = useTerminals();

/** A database that follows no server, with one task and one that was deleted. */
async function openLocal() {
  const terminal = openTerminal();
  await terminal.print("add", "Milk");
  const { handle } = await terminal.add("Tea");
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

  test("is left alone by a purge that is not due", async () => {
    const terminal = await openLocal();
    await terminal.print("sync", "--background");
    expect(await terminal.print("log")).toContain("Tea");
  });
});
