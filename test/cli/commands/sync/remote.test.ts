import { describe, expect, test } from "bun:test";
import { DATABASE, NAME, ORIGIN, PASSWORD, tokenOf, withToken } from "../../../support/cli/remote.ts";
import { useTerminals } from "../../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const openDevice = async (user: string, claims = {}) => openTerminal(await withToken(user, claims));

describe("a database as a remote", () => {
  test("is asked for again where only its name is known, because no password is kept", async () => {
    const device = await openDevice("ada");
    expect(JSON.parse(await device.print("sync", DATABASE, "--json"))).toMatchObject({ server: ORIGIN, sent: 0 });
    expect(JSON.parse(await device.print("sync", "--status", "--json"))).toMatchObject({ server: ORIGIN, user: "ada" });
    const { code, err } = await device.run("sync");
    expect([code, err]).toEqual([
      2,
      `todo: this database follows ${ORIGIN}, whose password is not stored here\n  Give the whole URL: todo sync postgres://…, or set TODO_REMOTE to it.\n`,
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
    const device = await openDevice("ada", { scope: "tasks:read" });
    expect((await device.run("sync", DATABASE)).code).toBe(4);
    device.setup.env["TODO_TOKEN"] = "";
    const { code, err } = await device.run("sync", DATABASE);
    expect([code, err]).toEqual([4, expect.stringContaining("todo login --db postgres://… --token -")]);
    expect(device.opened).not.toContain(DATABASE);
    device.setup.stdin = await tokenOf("ada");
    await device.print("login", "--db", DATABASE, "--token", "-");
    expect(await device.print("sync", DATABASE)).toBe(`Up to date with ${NAME}\n`);
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
