import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { VIEW_NAMES } from "../../../src/cli/input/view-names.ts";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { ON_A_TERMINAL, openTerminal, type Terminal, useTerminals } from "../../support/cli/terminal.ts";
import { formatRun } from "../../support/cli/transcript.ts";

const COUNTS = [0, 5, 60, 2000];
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 20 },
];
const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };
/** It is Friday. Tasks get these dates by turns. */
const DATES = ["due:none", "due:today", "due:monday", "due:yesterday", "due:sunday", "due:21:00", "due:2027-03-01"];
const LONG = " with a title that needs more than one line of a small terminal";

/** Adds so many tasks, every third with a long title. */
async function fill(terminal: Terminal, count: number): Promise<void> {
  const titles = Array.from({ length: count }, (_, at) => `Task ${at}${at % 3 === 1 ? LONG : ""}`);
  for (const [turn, date] of DATES.entries()) {
    const some = titles.filter((_, at) => at % DATES.length === turn);
    terminal.setup.stdin = some.map((title) => `${title}\n`).join("");
    await terminal.print("add", "-", "-q", ...(date === "due:none" ? [] : [date]));
  }
}

describe.each(COUNTS)("todo alone with %d tasks", (count) => {
  const terminal = openTerminal(PLAIN);
  const filled = fill(terminal, count);
  afterAll(() => terminal.close());

  test.each(SIZES)("shows on a terminal of $columns columns and $rows lines what was looked at", async (size) => {
    await filled;
    Object.assign(terminal.setup, size);
    const ended = await terminal.run();
    expect(ended.code).toBe(0);
    const height = `${ended.out}${ended.err}`.split("\n").length - 1;
    expect(height).toBeLessThanOrEqual(size.rows - 2);
    expectGolden(`overview/${count}-in-${size.columns}x${size.rows}.txt`, formatRun([], ended));
  });

  test("never scrolls its first line away, however small the terminal is", async () => {
    await filled;
    for (const rows of [5, 8, 13, 50]) {
      for (const columns of [40, 80, 200]) {
        Object.assign(terminal.setup, { rows, columns });
        const { out, err } = await terminal.run();
        const heights = `${out}${err}`
          .split("\n")
          .slice(0, -1)
          .map((line) => Math.ceil(Bun.stringWidth(line) / columns));
        expect(heights.reduce((sum, height) => sum + Math.max(1, height), 0)).toBeLessThan(rows);
      }
    }
  });
});

test("every golden file of todo alone is compared, and nothing else lies there", () => {
  const names = COUNTS.flatMap((count) => SIZES.map(({ columns, rows }) => `${count}-in-${columns}x${rows}.txt`));
  expect(listGolden("overview")).toEqual(names.toSorted());
});

describe("todo alone", () => {
  const newTerminal = useTerminals();

  test("shows overdue tasks and those of today, however many are overdue", async () => {
    const terminal = newTerminal(PLAIN);
    terminal.setup.stdin = "late\n".repeat(100);
    await terminal.print("add", "-", "due:yesterday");
    await terminal.add("now", "due:today");
    await terminal.add("soon", "due:sunday");
    const { out, err } = await terminal.run();
    expect(out.match(/^(Overdue|Today|This week)$/gm)).toEqual(["Overdue", "Today", "This week"]);
    expect(out.match(/ (now|soon)$/gm)).toEqual([" now", " soon"]);
    expect(err).toBe("102 open, 100 overdue, 1 due today. 84 not shown: todo list\n");
  });

  test("is the whole list in a pipe, for programs and with -q", async () => {
    const terminal = newTerminal({ terminals: ["in", "err"] });
    await fill(terminal, 60);
    for (const flags of [[], ["--json"], ["--ndjson"], ["-q"]]) {
      expect(await terminal.run(...flags)).toEqual(await terminal.run("list", ...flags));
    }
    terminal.setup.terminals = ["in", "out", "err"];
    for (const flags of [["--json"], ["--ndjson"], ["-q"]]) {
      expect(await terminal.run(...flags)).toEqual(await terminal.run("list", ...flags));
    }
  });

  test("takes the common flags, and with others or words behind -- it is a list", async () => {
    const terminal = newTerminal(ON_A_TERMINAL);
    await terminal.add("Pay rent", "due:today");
    await terminal.add("Milk");
    expect(await terminal.print("--no-color", "--no-pager", "--db", ":memory:")).toStartWith("Today\n");
    expect(await terminal.print("--no-color", "--sort", "title", "--reverse")).toMatch(/Pay rent\n.*Milk\n$/);
    expect(await terminal.print("--no-color", "--", "milk")).toMatch(/^\w{3} {2}Milk\n$/);
  });

  test("points to the help of the program if its flags are wrong", async () => {
    const { code, err } = await newTerminal(ON_A_TERMINAL).run("--db");
    expect(code).toBe(2);
    expect(err).toEndWith("  See: todo --help\n");
  });
});

describe("the view that todo alone is", () => {
  const newTerminal = useTerminals();

  test.each(VIEW_NAMES.filter((view) => view !== "overview"))("can be %s, with its flags", async (view) => {
    const terminal = newTerminal({ ...PLAIN, rows: 100, env: { NO_COLOR: "1", TODO_VIEW: view } });
    await fill(terminal, 20);
    const alone = await terminal.run();
    expect(alone).toEqual(await terminal.run(view));
    expect(alone.out).not.toBe("");
    terminal.setup.env["TODO_VIEW"] = "";
    expect(await terminal.run()).not.toEqual(alone);
    terminal.setup.env["TODO_VIEW"] = "overview";
    expect(await terminal.run()).not.toEqual(alone);
  });

  test("can be the list of a saved filter", async () => {
    const terminal = newTerminal({ ...PLAIN, env: { NO_COLOR: "1", TODO_VIEW: "filter:errands" } });
    await terminal.print("filter", "save", "errands", "+shop");
    await terminal.add("Buy milk", "+shop");
    await terminal.add("Call Ann");
    expect(await terminal.print()).toBe("wbb  Buy milk  +shop\n");
  });

  test("is the overview if its saved filter is gone, with a note from the moment that it is removed", async () => {
    const terminal = newTerminal({ ...PLAIN, env: { NO_COLOR: "1", TODO_VIEW: "filter:errands" } });
    await terminal.print("filter", "save", "errands", "+shop");
    await terminal.add("Buy milk", "+shop");
    const note =
      'filter:errands can\'t be shown as your view: there is no saved filter "errands". To choose another: unset TODO_VIEW\n';
    expect((await terminal.run("filter", "rm", "errands")).err).toEndWith(note);
    const { code, out, err } = await terminal.run();
    expect([code, err]).toEqual([0, `${note}1 open.\n`]);
    terminal.setup.env["TODO_VIEW"] = "";
    expect(out).toBe(await terminal.print());
  });

  test("is not what a context is blamed on", async () => {
    const terminal = newTerminal({
      ...PLAIN,
      env: { NO_COLOR: "1", TODO_VIEW: "filter:errands", TODO_CONTEXT: "gone" },
    });
    await terminal.print("filter", "save", "errands", "+shop");
    const { code, err } = await terminal.run();
    expect([code, err]).toEqual([3, expect.stringMatching(/^todo: the context "gone" is no saved filter\n/)]);
    expect(err).not.toContain("view");
  });

  test("is for people: a pipe, programs and commands with a name get what they always get", async () => {
    const terminal = newTerminal({ ...PLAIN, env: { NO_COLOR: "1", TODO_VIEW: "today" } });
    await fill(terminal, 20);
    for (const format of ["--json", "--ndjson", "-q"]) {
      expect(await terminal.print(format)).toBe(await terminal.print("list", format));
    }
    terminal.setup.terminals = [];
    expect(await terminal.print()).toBe(await terminal.print("list"));
  });

  test("that is not known is an error that says which there are", async () => {
    const terminal = newTerminal({ ...PLAIN, env: { NO_COLOR: "1", TODO_VIEW: "yesterday" } });
    expect(await terminal.run()).toEqual({
      code: 2,
      out: "",
      err: `todo: TODO_VIEW is not a known view\n  Use one of ${VIEW_NAMES.join(", ")}, or filter:NAME for a saved filter.\n`,
    });
    expect((await terminal.run("list")).code).toBe(0);
  });
});

describe("todo config set view", () => {
  const newTerminal = useTerminals();
  const scratch = useScratch();

  test("takes a saved filter that there is and that can be read, else the error says what to type", async () => {
    mkdirSync(scratch("settings/todo"), { recursive: true });
    const terminal = newTerminal({ env: { XDG_CONFIG_HOME: scratch("settings") } });
    await terminal.print("filter", "save", "errands", "+shop");
    expect(await terminal.print("config", "set", "view", "filter:errands")).toBe("Set view to filter:errands\n");
    const { code, err } = await terminal.run("config", "set", "view", "filter:erands");
    expect([code, err]).toEqual([3, expect.stringMatching(/^todo: there is no saved filter "erands"\n/)]);
    expect(err).toMatch(/Did you mean "?errands"?/);
    expect(err).toContain("Save it first: todo filter save NAME FILTER");
    expect((await terminal.run("config", "set", "view", "filter:errands fridy:x")).code).toBe(2);
    expect(await terminal.print("config", "get", "view")).toBe("filter:errands\n");
  });
});
