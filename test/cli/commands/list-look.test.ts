import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { furnishList } from "../../support/cli/sample-list.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

/** A user on a terminal, with some tasks and these settings. */
async function aUserWith(settings: Readonly<Record<string, string>>) {
  const folder = scratch(crypto.randomUUID());
  mkdirSync(`${folder}/todo`, { recursive: true });
  writeFileSync(`${folder}/todo/config.json`, JSON.stringify(settings));
  const terminal = openTerminal({
    ...ON_A_TERMINAL,
    rows: 100,
    env: { NO_COLOR: "1", XDG_CONFIG_HOME: folder },
  });
  await furnishList(terminal);
  return { terminal, path: `${folder}/todo/config.json` };
}

async function firstLine(terminal: Terminal, ...argv: readonly string[]): Promise<string> {
  return (await terminal.print(...argv)).split("\n", 1)[0] ?? "";
}

describe("the columns of a list", () => {
  test("are those that somebody names, in their order, in any case, each once", async () => {
    const { terminal } = await aUserWith({});
    const asked = await terminal.print("list", "--columns", "Title, handle,TITLE");
    expect(asked).toBe(await terminal.print("list", "--columns=title,handle"));
    expect(asked).toContain("\nCall Ann ");
  });

  test("are chosen for the other views too, and stay in their sections", async () => {
    const { terminal } = await aUserWith({});
    expect(await terminal.print("today", "--columns", "title,handle")).toBe(
      [
        "title                                                           ",
        "Overdue",
        "Pay rent *                                                      wbb",
        "",
        "Today",
        "Prepare the slides for the board meeting on Thursday (started)  gqn",
        "",
      ]
        .join("\n")
        .replaceAll(/ +$/gm, ""),
    );
    expect(await terminal.print("upcoming", "--columns", "due,title")).toContain(
      "Tomorrow\ntomorrow 10:00  Book flights",
    );
    await terminal.print("done", "wbb");
    expect(await terminal.print("completed", "--columns", "status,title,completed")).toBe(
      "status     title       completed\nToday\ncompleted  Pay rent *  today\n",
    );
  });

  test("are those of the setting on a terminal, or of the variable, and a flag goes before both", async () => {
    const { terminal } = await aUserWith({ "list.columns": "title,tags" });
    for (const view of ["list", "today", "upcoming"]) {
      expect(await firstLine(terminal, view)).toMatch(/^title +tags$/);
      expect(await firstLine(terminal, view, "--columns", "id")).toBe("id");
    }
    terminal.setup.env["TODO_LIST_COLUMNS"] = "due,title";
    expect(await firstLine(terminal, "list")).toMatch(/^due +title$/);
    expect(await firstLine(terminal, "list", "--columns", "usual")).toMatch(/^wbb  yesterday/);
    terminal.setup.env["TODO_LIST_COLUMNS"] = "usual";
    expect(await firstLine(terminal, "list")).toMatch(/^wbb  yesterday/);
  });

  test("are the same on every machine for programs, and a flag counts in a pipe", async () => {
    const { terminal } = await aUserWith({ "list.columns": "title,tags" });
    for (const format of ["--json", "--ndjson", "-q"]) {
      const printed = await terminal.print("list", format, "--columns", "title");
      expect(printed).toBe(await openFurnished().then((other) => other.print("list", format)));
    }
    terminal.setup.terminals = [];
    expect(await firstLine(terminal, "list")).toMatch(/^wbb  Thu 19 Nov/);
    expect(await firstLine(terminal, "list", "--columns", "title")).toBe("Pay rent *");
  });

  test("that are not known are an error that says which there are", async () => {
    const { terminal, path } = await aUserWith({ "list.columns": "title,prio" });
    const { code, out, err } = await terminal.run("list", "--columns", "handle,duee");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toStartWith(
      "todo: --columns has an unknown column\n  Did you mean due?\n  Use handle, due, priority, title,",
    );
    for (const view of ["list", "today", "upcoming", "completed"]) {
      const failed = await terminal.run(view);
      expect(failed.code).toBe(2);
      expect(failed.err).toStartWith(`todo: ${path}: "list.columns" has an unknown column\n  Use handle,`);
    }
    expect((await terminal.run("list", "--columns", "title,usual")).code).toBe(2);
    expect((await terminal.run("list", "--columns", "")).code).toBe(2);
    expect((await terminal.run("add", "still possible")).code).toBe(0);
  });
});

async function openFurnished(): Promise<Terminal> {
  const terminal = openTerminal();
  await furnishList(terminal);
  return terminal;
}

describe("a list by a template", () => {
  const TITLES = "{title} {due}";

  test("is a line a task in its order, the same on every terminal and in a pipe, whatever the settings are", async () => {
    const { terminal } = await aUserWith({ "list.columns": "due" });
    const printed = await terminal.print("list", "--limit", "2", "--template", TITLES);
    expect(printed).toBe("Pay rent yesterday\nPrepare the slides for the board meeting on Thursday today 17:00\n");
    for (const setup of [{ columns: 20 }, { rows: 2 }, { terminals: [] }]) {
      Object.assign(terminal.setup, setup);
      expect(await terminal.print("list", "--limit", "2", `--template=${TITLES}`)).toBe(printed);
    }
  });

  test("serves every view, without its headings", async () => {
    const { terminal } = await aUserWith({});
    await terminal.print("done", "wbb");
    expect(await terminal.print("today", "--template", "{handle}")).toBe("gqn\n");
    expect(await terminal.print("upcoming", "--template", "{handle}", "+money")).toBe("xjm\n");
    expect(await terminal.print("next", "--limit", "1", "--template", "{title}, {due}")).toContain(", today 17:00\n");
    expect(await terminal.print("completed", "--template", "{title} {status}")).toBe("Pay rent completed\n");
    expect(await terminal.run("list", "+none", "--template", TITLES)).toMatchObject({ code: 0, out: "" });
  });

  test("that is wrong prints nothing", async () => {
    const { terminal } = await aUserWith({});
    expect(await terminal.run("list", "--template=")).toEqual({
      code: 2,
      out: "",
      err: 'todo: --template is empty\n  Such as: --template "{title} {due}"\n',
    });
    expect(await terminal.run("list", "--template", "{titel}")).toMatchObject({ code: 2, out: "" });
  });

  test.each(["--json", "--ndjson", "--quiet", "--count", "--columns=title"])("excludes %s", async (other) => {
    const { terminal } = await aUserWith({});
    const { code, out, err } = await terminal.run("list", "--template", TITLES, other);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`${other.split("=")[0]} and --template exclude each other`);
  });
});

describe("the count of a list", () => {
  test("is a number and nothing else, in every view and format", async () => {
    const { terminal } = await aUserWith({});
    await terminal.print("done", "wbb");
    for (const format of [[], ["--json"], ["--ndjson"], ["-q"]]) {
      expect(await terminal.run("list", "--count", ...format)).toEqual({ code: 0, out: "9\n", err: "" });
    }
    expect(await terminal.print("list", "--count", "project:house")).toBe("1\n");
    expect(await terminal.print("list", "--count", "+none")).toBe("0\n");
    expect(await terminal.print("today", "--count")).toBe("1\n");
    expect(await terminal.print("upcoming", "--count")).toBe("6\n");
    expect(await terminal.print("completed", "today", "--count")).toBe("1\n");
    expect(await terminal.print("next", "--count")).toBe("8\n");
    expect(await terminal.print("next", "--count", "+money")).toBe("1\n");
  });

  test("is of all that there are, so it takes no limit", async () => {
    const { terminal } = await aUserWith({});
    for (const view of ["list", "next"]) {
      const { code, err } = await terminal.run(view, "--count", "--limit", "3");
      expect([code, err]).toEqual([2, "todo: --count and --limit exclude each other\n"]);
    }
  });
});

describe("the groups of a list", () => {
  const WIDTHS = [40, 80, 120] as const;
  const GROUPINGS = ["project", "due", "priority", "tag"];

  test.each(WIDTHS)("in %d columns are as they were looked at", async (columns) => {
    const { terminal } = await aUserWith({});
    Object.assign(terminal.setup, { columns, rows: 500 });
    const texts: string[] = [];
    for (const grouping of GROUPINGS) {
      const printed = await terminal.print("list", "--group", grouping);
      expect(printed.split("\n").filter((line) => Bun.stringWidth(line) > columns)).toEqual([]);
      texts.push(`$ todo list --group ${grouping}\n${printed}`);
    }
    expectGolden(`groups/${columns}-columns.txt`, texts.join("\n"));
  });

  test("are compared in every width, and nothing else lies there", () => {
    expect(listGolden("groups")).toEqual(WIDTHS.map((columns) => `${columns}-columns.txt`).toSorted());
  });

  const headingsOf = (printed: string) => printed.split("\n").filter((line) => /^\S.* \(\d+\)$/.test(line));

  test("come as people sort, without regard to case, and what is in none comes last", async () => {
    const { terminal } = await aUserWith({});
    for (const project of ["House 10", "House 2", "Ärzte", "apple", "Zoo", "No project"]) {
      await terminal.add("One", "--project", project);
    }
    expect(headingsOf(await terminal.print("list", "--group", "project"))).toEqual([
      "apple (1)",
      "Ärzte (1)",
      "House (2)",
      "House 2 (1)",
      "House 10 (1)",
      "No project (1)",
      "Travel (3)",
      "Work.Reports (1)",
      "Zoo (1)",
      "仕事 (1)",
      "No project (3)",
    ]);
  });

  test("by tag have a task under each of its tags, and the tags of one task are counted once each", async () => {
    const { terminal } = await aUserWith({});
    const printed = await terminal.print("list", "--group", "tag", "--columns", "title", "+money or +shop");
    expect(headingsOf(printed)).toEqual(["+money (1)", "+phone (1)", "+shop (1)", "+urgent (1)", "+web (1)"]);
    expect(printed.match(/Book flights/g)).toHaveLength(4);
  });

  test("keep the order that was asked for among their tasks, and take the limit of the whole list", async () => {
    const { terminal } = await aUserWith({});
    const order = async (...more: string[]) => {
      const printed = await terminal.print(
        "list",
        "--group",
        "project",
        "--columns",
        "handle",
        "project:House",
        ...more,
      );
      return printed
        .trim()
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
    };
    expect(await order("--sort", "title")).toEqual(["House (2)", "wbb", "slh"]);
    expect(await order("--sort", "title", "--reverse")).toEqual(["house (2)", "slh", "wbb"]);
    const { err } = await terminal.run("list", "--group", "project", "--limit", "3");
    expect(err).toBe("7 more. Leave out --limit to see them all.\n");
  });

  test("are for people: programs get the same as without, and a pipe has them if a flag says so", async () => {
    const { terminal } = await aUserWith({ "list.group": "priority" });
    expect(headingsOf(await terminal.print("list"))).toEqual([
      "High priority (2)",
      "Medium priority (1)",
      "Low priority (1)",
      "No priority (6)",
    ]);
    expect(headingsOf(await terminal.print("list", "--group", "none"))).toEqual([]);
    for (const format of [["--json"], ["--ndjson"], ["-q"], ["--template", "{title}"], ["--count"]]) {
      expect(await terminal.print("list", ...format, "--group", "tag")).toBe(await terminal.print("list", ...format));
    }
    terminal.setup.terminals = [];
    const piped = await terminal.print("list");
    expect(headingsOf(piped)).toEqual([]);
    expect(headingsOf(await terminal.print("list", "--group", "Due"))).toEqual([
      "Overdue (1)",
      "Today (1)",
      "This week (2)",
      "Later (3)",
      "No date (3)",
    ]);
  });

  test("that are not known are an error, and so are those of a setting", async () => {
    const { terminal, path } = await aUserWith({ "list.group": "projects" });
    expect(await terminal.run("list", "--group", "projct")).toEqual({
      code: 2,
      out: "",
      err: 'todo: can\'t group by "projct"\n  Did you mean project?\n  Use one of project, due, priority, tag, none.\n',
    });
    expect(await terminal.run("list")).toEqual({
      code: 2,
      out: "",
      err: `todo: ${path}: "list.group" is not a known grouping\n  Use one of project, due, priority, tag, none.\n`,
    });
  });

  test("of nothing are nothing", async () => {
    const { terminal } = await aUserWith({});
    const { out, err } = await terminal.run("list", "--group", "tag", "+none");
    expect([out, err]).toEqual(["", "No such tasks.\nNo open task has the tag +none. See: todo tags\n"]);
  });
});

describe("the order of a list", () => {
  test("is that of the setting on a terminal, a flag goes before it, and programs get the usual one", async () => {
    const { terminal } = await aUserWith({ "list.sort": "title" });
    const first = async (...more: string[]) =>
      (await firstLine(terminal, "list", "--columns", "title", ...more)).trim();
    terminal.setup.columns = 50;
    expect(await first()).toBe("Book flights to Lisbon for the conference in");
    expect(await first("--sort", "due")).toBe("Pay rent *");
    terminal.setup.env["TODO_LIST_SORT"] = "due";
    expect(await first()).toBe("Pay rent *");
    terminal.setup.env["TODO_LIST_SORT"] = "";
    expect(await terminal.print("list", "--limit", "1", "--template", "{title}")).toBe("Pay rent\n");
    expect(JSON.parse(await terminal.print("list", "--limit", "1", "--json"))).toMatchObject([{ title: "Pay rent" }]);
    terminal.setup.terminals = [];
    expect(await first()).toBe("Pay rent *");
  });
});
