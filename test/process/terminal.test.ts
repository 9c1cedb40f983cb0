import { describe, expect, test } from "bun:test";
import { openTerminal, show } from "../support/cli/built-terminal.ts";
import { type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

const ESCAPE = "\u001b";
const LONG = "a title that is far too long for one line of a small terminal, whoever reads it, and however wide it is";

async function homeWith(...titles: string[]): Promise<Home> {
  const home = newHome();
  await home.run({ args: ["add", "+home", "priority:high", "-"], input: titles.join("\n") });
  return home;
}

function linesOf(screen: string): string[] {
  return screen.split("\n").slice(0, -1);
}

describe("colours", () => {
  test("are there on a terminal", async () => {
    const { exitCode, screen } = await show(await homeWith("first"), { args: ["list"] });
    expect(exitCode).toBe(0);
    expect(screen).toStartWith(`${ESCAPE}[1m`);
    expect(screen).toContain(`${ESCAPE}[2m+home${ESCAPE}[0m`);
  });

  test("are there where NO_COLOR is empty", async () => {
    const { screen } = await show(await homeWith("first"), { args: ["list"], env: { NO_COLOR: "" } });
    expect(screen).toContain(ESCAPE);
  });

  test.each<[string, string[], Record<string, string>]>([
    ["NO_COLOR is set", ["list"], { NO_COLOR: "1" }],
    ["--no-color is given", ["list", "--no-color"], {}],
    ["--no-color is given before the command", ["--no-color", "list"], {}],
    ["TERM is dumb", ["list"], { TERM: "dumb" }],
    ["JSON is asked for", ["list", "--json"], {}],
    ["handles are asked for", ["list", "--quiet"], {}],
  ])("are not there where %s", async (_, args, env) => {
    const { exitCode, screen } = await show(await homeWith("first"), { args, env });
    expect(exitCode).toBe(0);
    expect(screen).not.toContain(ESCAPE);
    expect(screen).not.toBe("");
  });

  test("are not there in a pipe unless somebody forces them, also where errors go to a terminal", async () => {
    const home = await homeWith("first");
    const { screen } = await show(home, { command: "bash", args: ["-c", "todo list | cat"] });
    expect(screen).toMatch(/^[a-z]{3} {2}high {2}first {2}\+home\n$/);
    const forced = await home.shell("todo list --color=always; FORCE_COLOR=1 todo; CLICOLOR_FORCE=1 todo");
    expect(forced.out.split("\u001b[2m+home\u001b[0m\n")).toHaveLength(4);
  });
});

describe("a list on a terminal", () => {
  const columns = [39, 40, 80, 120];

  test.each(columns)("fits into %d columns, and a title that is too long is wrapped", async (width) => {
    const home = await homeWith("short", LONG);
    const { screen } = await show(home, { args: ["list", "--sort", "created"], columns: width });
    const [short = "", ...long] = linesOf(Bun.stripANSI(screen));
    expect(short).toMatch(/^[a-z]{3} {1,2}H short +\+home$/);
    expect(Math.max(...long.map((line) => Bun.stringWidth(line)))).toBeLessThanOrEqual(width);
    const title = long.map((line) => line.replace(/^[a-z]{3} +H | +\+home$/g, "").trim());
    expect(title.join(" ")).toBe(LONG);
  });

  test.each(columns)("of wide titles fits into %d columns too, and what is beside them lines up", async (width) => {
    const home = await homeWith(`${LONG}, ${LONG}`, "買い物リスト".repeat(12), "👩‍👩‍👧 dinner 🎉", "🎉".repeat(60));
    const lines = linesOf(
      (await show(home, { args: ["list", "--no-pager", "--sort", "created"], columns: width })).screen,
    );
    expect(lines.map((line) => Bun.stringWidth(line)).filter((shown) => shown > width)).toEqual([]);
    const places = lines.flatMap((line) => {
      const [before = "", ...tags] = line.split("\u001b[2m");
      return tags.length > 0 ? [Bun.stringWidth(before)] : [];
    });
    expect(places).toHaveLength(4);
    expect(new Set(places)).toEqual(new Set(places.slice(0, 1)));
  });

  test("is not cut in a pipe", async () => {
    const home = await homeWith(LONG);
    const { screen } = await show(home, { command: "bash", args: ["-c", "todo list | cat"], columns: 300 });
    expect(screen).toContain(LONG);
  });

  test("of nothing says how to begin", async () => {
    expect(await show(newHome(), { args: [] })).toMatchObject({
      exitCode: 0,
      screen: "Nothing to do. Add a task with: todo add WORDS\n",
    });
  });

  test("shows what would move the cursor or recolour as text", async () => {
    const home = await homeWith("red \u001b[31malert\u0007 \u202egnp.exe");
    const { screen } = await show(home, { args: ["list", "--no-color"] });
    expect(screen).toContain("red \\e[31malert\\u{7} \\u{202e}gnp.exe");
  });
});

describe("a list that does not fit goes through a pager", () => {
  const homeWithMany = () => homeWith(...Array.from({ length: 463 }, (_, number) => `task ${number}`));

  test("which may end before it has read all", async () => {
    const { exitCode, screen } = await show(await homeWithMany(), {
      args: ["list"],
      env: { TODO_PAGER: "head -3", NO_COLOR: "1" },
    });
    expect(exitCode).toBe(0);
    expect(linesOf(screen).map((line) => /task \d+/.exec(line)?.[0])).toEqual(["task 0", "task 1", "task 2"]);
  });

  test("or is printed whole if there is no such pager", async () => {
    const { exitCode, screen } = await show(await homeWithMany(), {
      args: ["list"],
      env: { TODO_PAGER: "no-such-pager", NO_COLOR: "1" },
    });
    expect(exitCode).toBe(0);
    expect(screen.match(/task \d+/g)).toHaveLength(463);
    expect(screen).toContain("no-such-pager");
  });

  test("in which Ctrl-C ends nothing but what the pager does", async () => {
    const pager = `exec < /dev/tty; trap 'echo interrupted' INT; echo ready; until read key; do :; done; echo "got $key"`;
    const terminal = openTerminal(await homeWithMany(), { args: ["list"], env: { TODO_PAGER: pager } });
    await terminal.shows("ready");
    terminal.press("\u0003");
    await terminal.shows("interrupted");
    terminal.press("q\r");
    const { exitCode, screen } = await terminal.ended;
    expect(screen).toContain("got q");
    expect(exitCode).toBe(0);
  });
});
