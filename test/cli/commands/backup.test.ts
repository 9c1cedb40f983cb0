import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { useScratch } from "../../support/disks/scratch.ts";
import { useTerminals } from "../../support/cli/terminal.ts";
import { createTestUser } from "../../support/stores/test-user.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

async function aTestUser(name: string) {
  const terminal = openTerminal({ env: { TODO_DB: scratch(name) } });
  await terminal.print("add", "Pay rent", "+home");
  await terminal.print("add", "Milk");
  await terminal.print("done", "gqn");
  return terminal;
}

describe("a backup", () => {
  test("is a database with the same tasks and the same log", async () => {
    const terminal = await aTestUser("one.db");
    const answer = await terminal.print("backup", scratch("copy.db"));
    expect(answer).toBe(`Backed up ${scratch("one.db")} to ${scratch("copy.db")}\n`);
    for (const command of [["export", "--deleted"], ["log"], ["list"]]) {
      expect(await terminal.print(...command, "--db", scratch("copy.db"))).toBe(await terminal.print(...command));
    }
    expect(await terminal.print("doctor", "--db", scratch("copy.db"))).toBe(`${scratch("copy.db")}: sound\n`);
  });

  test("never overwrites", async () => {
    const terminal = await aTestUser("two.db");
    await terminal.print("backup", scratch("taken.db"), "--quiet");
    const before = readFileSync(scratch("taken.db"));
    await terminal.print("add", "Bread");
    const { code, out, err } = await terminal.run("backup", scratch("taken.db"));
    expect([code, out]).toEqual([5, ""]);
    expect(err).toContain(`${scratch("taken.db")} is there already`);
    expect(readFileSync(scratch("taken.db")).equals(before)).toBe(true);
  });

  test("is told to programs with both paths, and not at all with --quiet", async () => {
    const terminal = await aTestUser("three.db");
    expect(JSON.parse(await terminal.print("backup", scratch("a.db"), "--json"))).toEqual({
      database: scratch("three.db"),
      backup: scratch("a.db"),
    });
    expect(await terminal.run("backup", scratch("b.db"), "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });
});

test("info says where the data is, how much there is and what it is worth to a script", async () => {
  const terminal = await aTestUser("four.db");
  await terminal.print("rm", "wbb");
  const text = await terminal.print("info");
  expect(text).toContain(`database  ${scratch("four.db")}\n`);
  expect(text).toContain("tasks     0 pending, 1 completed, 1 deleted\n");
  expect(text).toContain("changes   4\n");
  expect(JSON.parse(await terminal.print("info", "--json"))).toMatchObject({
    version: "1.2.3",
    database: scratch("four.db"),
    pending: 0,
    completed: 1,
    deleted: 1,
    changes: 4,
  });
  expect(await terminal.print("info", "--quiet")).toBe(`${scratch("four.db")}\n`);
});

test("info counts what its user lists, and names the tasks of accounts apart", async () => {
  const terminal = await aTestUser("five.db");
  const before = await terminal.print("info");
  expect(before).not.toContain("accounts");
  await createTestUser(terminal.store(scratch("five.db"))).add({ title: "Milk" }, { title: "Tea" });
  const after = await terminal.print("info");
  const tasks = (text: string) => /^tasks .*$/m.exec(text)?.[0];
  expect([tasks(after), /^changes .*$/m.exec(after)?.[0]]).toEqual([tasks(before), /^changes .*$/m.exec(before)?.[0]]);
  expect(after).toContain("accounts  2 tasks of others: todo admin usage\n");
});
