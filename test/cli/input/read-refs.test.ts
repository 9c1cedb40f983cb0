import { describe, expect, test } from "bun:test";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** A user with three tasks: wbb, gqn and xjm. */
async function aTestUser(): Promise<Terminal> {
  const terminal = openTerminal();
  for (const title of ["Rent", "Milk", "Bread"]) await terminal.add(title);
  return terminal;
}

const titlesOf = (json: string) => JSON.parse(json).map(({ title }: { title: string }) => title);

describe("references on standard input", () => {
  test("name the tasks of a command, as todo list -q prints them", async () => {
    const terminal = await aTestUser();
    terminal.setup.stdin = await terminal.print("list", "-q");
    expect(await terminal.print("edit", "-", "due:friday", "-q")).toBe(await terminal.print("list", "-q"));
    expect(titlesOf(await terminal.print("done", "-", "--json"))).toEqual(["Rent", "Milk", "Bread"]);
  });

  test.each(["wbb gqn", "wbb\r\ngqn\r\n", " wbb\t\n\n gqn"])("are apart by blanks or line ends: %j", async (stdin) => {
    const terminal = await aTestUser();
    terminal.setup.stdin = stdin;
    expect(titlesOf(await terminal.print("show", "-", "--json"))).toEqual(["Rent", "Milk"]);
  });

  test("may be handles, ids and beginnings of both, in any case and more than once", async () => {
    const terminal = await aTestUser();
    const [rent, milk] = await terminal.tasks();
    terminal.setup.stdin = [rent?.id, rent?.handle, milk?.id.toUpperCase(), milk?.id.replaceAll("-", "")].join("\n");
    expect(titlesOf(await terminal.print("done", "-", "--json"))).toEqual(["Rent", "Milk"]);
  });

  test("stand beside others, in their place", async () => {
    const terminal = await aTestUser();
    terminal.setup.stdin = "gqn\n";
    expect(titlesOf(await terminal.print("edit", "xjm", "-", "wbb", "+x", "--json"))).toEqual([
      "Bread",
      "Milk",
      "Rent",
    ]);
  });

  test("answer an array, even if there is one", async () => {
    const terminal = await aTestUser();
    terminal.setup.stdin = "gqn\n";
    expect(titlesOf(await terminal.print("start", "-", "--json"))).toEqual(["Milk"]);
  });

  test.each([
    ["wbb\n\ngqn bbb\n", 'line 3: no task "bbb"'],
    ["wbb\nPay rent", 'line 2: no task "Pay"'],
    ["01a1f82f\n", 'line 1: "01a1f82f" fits more than one task'],
  ])("that are wrong are named with their line, and nothing is changed: %j", async (stdin, problem) => {
    const terminal = await aTestUser();
    const tasks = await terminal.tasks();
    terminal.setup.stdin = stdin;
    const { code, out, err } = await terminal.run("done", "-");
    expect([code, out]).toEqual([3, ""]);
    expect(err).toStartWith(`todo: ${problem}\n`);
    expect(await terminal.tasks()).toEqual(tasks);
  });

  test("take the place of an answer, so that rm of several needs --yes", async () => {
    const terminal = await aTestUser();
    terminal.setup.stdin = "wbb\ngqn\n";
    const { code, err } = await terminal.run("rm", "-");
    expect([code, err]).toEqual([2, expect.stringContaining("--yes is needed to delete 2 tasks")]);
    expect(titlesOf(await terminal.print("rm", "-", "--yes", "--json"))).toEqual(["Rent", "Milk"]);
  });

  test("are none of a command on one task", async () => {
    const terminal = await aTestUser();
    terminal.setup.stdin = "wbb\n";
    expect((await terminal.run("log", "-")).code).toBe(3);
    expect((await terminal.run("note", "-", "hello")).code).toBe(3);
  });
});
