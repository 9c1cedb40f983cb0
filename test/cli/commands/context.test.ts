import { describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createProgram } from "../../../src/cli/program.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const SAID = "Context work: +work\n";

/** A user with tasks at work and elsewhere, and a filter for those at work. */
async function aTestUser(setup: Parameters<typeof openTerminal>[0] = {}) {
  const base = scratch(crypto.randomUUID());
  const path = `${base}/todo/config.json`;
  mkdirSync(`${base}/todo`, { recursive: true });
  const terminal = openTerminal({ ...setup, env: { TODO_DB: ":memory:", XDG_CONFIG_HOME: base, NO_COLOR: "1" } });
  await terminal.print("add", "Milk", "due:today");
  await terminal.print("add", "Report", "due:today", "+work");
  const done = (await terminal.print("add", "Offer", "+work", "-q")).trim();
  await terminal.print("done", done);
  await terminal.print("add", "Letter", "+work", "wait:tomorrow");
  await terminal.print("filter", "save", "work", "+work");
  return { ...terminal, path };
}

async function list(terminal: Pick<Terminal, "run">, ...argv: string[]) {
  const { out, err, code } = await terminal.run(...argv, "--json");
  expect(code).toBe(0);
  return { titles: JSON.parse(out).map(({ title }: { title: string }) => title), err };
}

describe("a context", () => {
  test.each([
    ["list", [], ["Report"]],
    ["today", [], ["Report"]],
    ["upcoming", [], ["Report"]],
    ["tree", [], ["Report"]],
    ["completed", [], ["Offer"]],
    ["list", ["status:completed"], ["Offer"]],
    ["list", ["is:waiting"], ["Letter"]],
    ["list", ["milk"], []],
  ])("narrows todo %s %j, and is named", async (command, words, titles) => {
    const user = await aTestUser();
    await user.print("context", "work");
    expect(await list(user, command, ...words)).toEqual({ titles, err: SAID });
  });

  test("holds beside what is typed, as if each stood in parentheses", async () => {
    const user = await aTestUser();
    await user.print("filter", "save", "work", "+work", "or", "+none");
    await user.print("context", "work");
    const said = "Context work: +work or +none\n";
    expect(await list(user, "list", "milk", "or", "report")).toEqual({ titles: ["Report"], err: said });
    expect(await list(user, "completed", "milk", "or", "offer")).toEqual({ titles: ["Offer"], err: said });
    await user.print("filter", "save", "work", "status:all +work");
    expect((await list(user, "list")).titles.toSorted()).toEqual(["Letter", "Offer", "Report"]);
    expect((await list(user, "list", "offer")).titles).toEqual(["Offer"]);
  });

  test("is named on one short line, however long its filter is", async () => {
    const user = await aTestUser();
    await user.print("filter", "save", "long", "+work or ".repeat(50) + "+x");
    await user.print("context", "long");
    expect((await user.run("list")).err).toBe(`Context long: ${"+work or ".repeat(9).slice(0, 80)}…\n`);
    expect(await user.print("context")).toContain("+x  (");
  });

  test("may use other filters", async () => {
    const user = await aTestUser();
    await user.print("filter", "save", "day", "filter:work", "due:today");
    await user.print("context", "day");
    expect(await list(user, "list")).toEqual({ titles: ["Report"], err: "Context day: filter:work due:today\n" });
    await user.print("filter", "rm", "work");
    const { code, err } = await user.run("list");
    expect([code, err.split("\n")[0]]).toEqual([
      3,
      'todo: the context "day" can\'t be used: there is no saved filter "work"',
    ]);
  });

  test("narrows todo alone, for a person and for a pipe", async () => {
    const user = await aTestUser(ON_A_TERMINAL);
    await user.print("context", "work");
    const { out, err } = await user.run();
    expect(out).toContain("Report");
    expect(out).not.toContain("Milk");
    expect(err).toBe(`${SAID}1 open, 1 due today. 1 waits: todo list is:waiting\n`);
    user.setup.terminals = [];
    expect(await list(user)).toEqual({ titles: ["Report"], err: SAID });
  });

  test("can be left out of every command that takes a filter", async () => {
    const { commands } = await createProgram(openTerminal().io, [], undefined);
    const taking = commands.filter(({ registeredArguments: all }) => all.some((each) => each.name() === "filter"));
    expect(taking.length).toBeGreaterThan(5);
    const without = taking.filter(({ options }) => !options.some(({ long }) => long === "--no-context"));
    // A job reads them, and must not miss those of other tasks.
    expect(without.map((command) => command.name())).toEqual(["reminders"]);
  });

  test("is left out once, and not named with -q", async () => {
    const user = await aTestUser();
    await user.print("context", "work");
    expect(await list(user, "list", "--no-context")).toEqual({ titles: ["Milk", "Report"], err: "" });
    expect(await list(user, "--no-context")).toEqual({ titles: ["Milk", "Report"], err: "" });
    expect((await user.run("list", "-q")).err).toBe("");
  });

  test("is not looked at by what names tasks, nor by what adds them", async () => {
    const user = await aTestUser();
    const [milk = ""] = (await user.print("list", "milk", "-q")).split("\n");
    await user.print("context", "work");
    for (const argv of [
      ["show", milk],
      ["edit", milk, "+x"],
      ["done", milk],
      ["reopen", milk],
      ["add", "Bread"],
    ]) {
      expect([argv, await user.run(...argv)]).toEqual([argv, { code: 0, out: expect.any(String), err: "" }]);
    }
    const { tags } = JSON.parse(await user.print("add", "Tea", "--json"));
    expect(tags).toEqual([]);
  });

  test("says that nothing is found, and not that nothing is to do", async () => {
    const user = await aTestUser(ON_A_TERMINAL);
    await user.print("filter", "save", "none-yet", "project:House");
    await user.print("context", "none-yet");
    for (const argv of [[], ["list"], ["tree"], ["today"], ["completed"]]) {
      const { out, err } = await user.run(...argv);
      expect([argv, out, err]).toEqual([
        argv,
        "",
        expect.stringMatching(/^Context none-yet: project:House\nNo such task/),
      ]);
    }
  });
});

describe("`todo context`", () => {
  test("says which one there is and where it comes from", async () => {
    const { print, run, path, setup } = await aTestUser();
    expect((await run("context")).err).toBe("There is no context. Choose a saved filter: todo context NAME\n");
    expect(await print("context", "--json")).toBe('{"name":null,"filter":null,"source":null}\n');
    expect(await print("context", "WORK")).toBe("Context work  +work\n");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ context: "work" });
    expect(await print("context")).toBe(`work  +work  (${path})\n`);
    await print("filter", "save", "home", "+home");
    setup.env["TODO_CONTEXT"] = "home";
    expect(JSON.parse(await print("context", "--json"))).toEqual({
      name: "home",
      filter: "+home",
      source: "TODO_CONTEXT",
    });
    expect(await print("context", "-q")).toBe("home\n");
  });

  test("says when a variable goes before the choice", async () => {
    const { run, setup } = await aTestUser();
    setup.env["TODO_CONTEXT"] = "off";
    expect((await run("context", "work")).err).toBe("TODO_CONTEXT is set and goes before it.\n");
    expect((await run("list", "milk")).err).toBe("");
  });

  test("turns the context off, and keeps other settings", async () => {
    const { print, path } = await aTestUser();
    writeFileSync(path, '{"pager":"off","context":"work"}');
    expect(await print("context", "off")).toBe("The context is off.\n");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ pager: "off" });
    expect(await print("context", "off")).toBe("There was no context.\n");
  });

  test("refuses a name that is no saved filter, and keeps the context", async () => {
    const { print, run } = await aTestUser();
    await print("context", "work");
    const { code, err } = await run("context", "wrok");
    expect([code, err]).toEqual([3, 'todo: there is no saved filter "wrok"\n  Did you mean work?\n']);
    expect(await print("context", "-q")).toBe("work\n");
  });

  test("without its filter stops lists, which say what to type, and never lists everything", async () => {
    const { print, run, setup } = await aTestUser();
    await print("context", "work");
    expect((await run("filter", "rm", "work")).err).toContain("It is your context. Turn that off: todo context off\n");
    for (const argv of [["list"], [], ["today"], ["context"]]) {
      const { code, out, err } = await run(...argv);
      expect([argv, code, out]).toEqual([argv, 3, ""]);
      expect(err).toBe(
        'todo: the context "work" is no saved filter\n  Save it: todo filter save work FILTER\n  Or turn the context off: todo context off\n  Or leave it out once: --no-context\n',
      );
    }
    setup.env["TODO_CONTEXT"] = "gone";
    expect((await run("list")).err).toContain("Or turn the context off: unset TODO_CONTEXT\n");
  });

  test("whose filter can't be read stops lists as well", async () => {
    const { print, run, store } = await aTestUser();
    await print("context", "work");
    await store().editProfile("local", { "filter:work": "due:fridy" }, 1);
    const { code, out, err } = await run("list");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toStartWith('todo: the context "work" can\'t be used: "fridy" is not a date\n');
  });
});
