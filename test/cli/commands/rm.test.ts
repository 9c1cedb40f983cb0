import { describe, expect, test } from "bun:test";
import { ON_A_TERMINAL, type Setup, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** What is asked before the first two tasks are deleted. */
const QUESTION = "wbb  Pay rent\ngqn  Milk\nDelete these 2 tasks? [y/N] ";

async function aTestUser(setup: Partial<Setup>): Promise<Terminal> {
  const terminal = openTerminal(setup);
  for (const title of ["Pay rent", "Milk", "Bread"]) await terminal.add(title);
  return terminal;
}

async function deleted(terminal: Terminal): Promise<string[]> {
  return (await terminal.tasks()).filter(({ deletedAt }) => deletedAt !== null).map(({ title }) => title);
}

describe("deleting more than one task", () => {
  test.each(["y", "Y", "yes", "YES", " y \r"])("happens when the answer on the terminal is %p", async (answer) => {
    const terminal = await aTestUser({ ...ON_A_TERMINAL, stdin: `${answer}\n` });
    const { code, out, err } = await terminal.run("rm", "wbb", "gqn", "--no-color");
    expect(code).toBe(0);
    expect(out).toContain("Deleted");
    expect(err).toBe(QUESTION);
    expect(await deleted(terminal)).toEqual(["Pay rent", "Milk"]);
  });

  test.each(["n", "no", "", "nay", "yep", "yes please", "j"])("does not happen when it is %p", async (answer) => {
    const terminal = await aTestUser({ ...ON_A_TERMINAL, stdin: `${answer}\n` });
    const { code, out, err } = await terminal.run("rm", "wbb", "gqn", "--no-color");
    expect([code, out]).toEqual([0, ""]);
    expect(err).toBe(`${QUESTION}Nothing was deleted.\n`);
    expect(await deleted(terminal)).toEqual([]);
  });

  test("does not happen when the input ends instead of an answer", async () => {
    const terminal = await aTestUser({ ...ON_A_TERMINAL, stdin: "" });
    const { code, err } = await terminal.run("rm", "wbb", "gqn", "--no-color");
    expect(code).toBe(0);
    expect(err).toBe(`${QUESTION}\nNothing was deleted.\n`);
    expect(await deleted(terminal)).toEqual([]);
  });

  test.each(["--yes", "-y"])("does not ask with %s", async (flag) => {
    const terminal = await aTestUser(ON_A_TERMINAL);
    expect((await terminal.run("rm", "wbb", flag, "gqn")).err).toBe("");
    expect(await deleted(terminal)).toEqual(["Pay rent", "Milk"]);
  });

  test("needs --yes where nobody can be asked, whatever lies on standard input", async () => {
    const terminal = await aTestUser({ terminals: ["out", "err"], stdin: "y\n" });
    const { code, err } = await terminal.run("rm", "wbb", "gqn");
    expect(code).toBe(2);
    expect(err).toContain("--yes");
    expect(await deleted(terminal)).toEqual([]);
    await terminal.print("rm", "wbb", "gqn", "--yes");
    expect(await deleted(terminal)).toEqual(["Pay rent", "Milk"]);
  });

  test("asks only once all references are right", async () => {
    const terminal = await aTestUser({ ...ON_A_TERMINAL, stdin: "y\n" });
    const { code, err } = await terminal.run("rm", "wbb", "gqn", "bbb");
    expect(code).toBe(3);
    expect(err).not.toContain("[y/N]");
  });
});

test("deleting one task asks nobody", async () => {
  const terminal = await aTestUser(ON_A_TERMINAL);
  expect((await terminal.run("rm", "wbb", "wbbn")).err).toBe("");
  expect(await deleted(terminal)).toEqual(["Pay rent"]);
});
