import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { ON_A_TERMINAL, type Setup, type Terminal, useTerminals } from "../../support/cli/terminal.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

type Paged = { readonly command: string; readonly text: string };

/** A terminal of 24 lines with so many tasks, and what pagers got there. */
async function aTerminal(count: number, given: Partial<Setup> = {}): Promise<{ terminal: Terminal; paged: Paged[] }> {
  const paged: Paged[] = [];
  const page: Setup["page"] = async (command, chunks) => {
    paged.push({ command, text: (await Array.fromAsync(chunks)).join("") });
    return 0;
  };
  const terminal = openTerminal({ ...ON_A_TERMINAL, page, ...given, env: { NO_COLOR: "1", ...given.env } });
  terminal.setup.stdin = Array.from({ length: count }, (_, at) => `Task ${at}\n`).join("");
  await terminal.print("add", "-", "--quiet");
  return { terminal, paged };
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}

describe("a list", () => {
  test("that leaves room for a prompt of two lines is printed without a pager", async () => {
    const { terminal, paged } = await aTerminal(22);
    expect(countLines(await terminal.print("list"))).toBe(22);
    expect(paged).toEqual([]);
  });

  test("that does not fit goes through less as a whole, each line once and in order", async () => {
    const { terminal, paged } = await aTerminal(450);
    expect(await terminal.print("list")).toBe("");
    const [{ command, text } = { command: "", text: "" }] = paged;
    expect(command).toEndWith("less -FIRX");
    const titles = text.split("\n").map((line) => line.replace(/^\w+ +/, ""));
    expect(titles).toEqual([...Array.from({ length: 450 }, (_, at) => `Task ${at}`), ""]);
    expect(paged).toHaveLength(1);
  });

  test("counts the lines of titles that are wrapped", async () => {
    const { terminal, paged } = await aTerminal(12, { columns: 40 });
    await terminal.print("list");
    expect(paged).toEqual([]);
    terminal.setup.stdin = `${"A title that is longer than a line of the terminal ".repeat(2)}\n`.repeat(5);
    await terminal.print("add", "-", "--quiet");
    await terminal.print("list");
    expect(paged).toHaveLength(1);
  });

  test.each([[["--no-pager", "list"]], [["list", "--no-pager"]]])(
    "with --no-pager is printed as it is (%p)",
    async (argv) => {
      const { terminal, paged } = await aTerminal(60);
      expect(countLines(await terminal.print(...argv))).toBe(60);
      expect(paged).toEqual([]);
    },
  );

  test("in a pipe, for programs and with -q never sees a pager", async () => {
    const { terminal, paged } = await aTerminal(60);
    for (const flag of ["--json", "--ndjson", "-q"])
      expect(countLines(await terminal.print("list", flag))).toBe(60 + 2 * Number(flag === "--json"));
    terminal.setup.terminals = ["in", "err"];
    expect(countLines(await terminal.print("list"))).toBe(60);
    expect(paged).toEqual([]);
  });

  test.each([126, 127])("is printed as it is if the pager can't be run (exit code %d)", async (code) => {
    const { terminal } = await aTerminal(450, { page: async () => code });
    const { out, ...ended } = await terminal.run("list");
    expect(countLines(out)).toBe(450);
    expect(ended).toEqual({ code: 0, err: "" });
  });

  test.each([0, 1, 2, 130])("is no failure if the pager ends early, with exit code %d", async (code) => {
    const page: Setup["page"] = async (_, chunks) => {
      for await (const chunk of chunks) if (chunk !== "") break;
      return code;
    };
    const { terminal } = await aTerminal(450, { page });
    expect(await terminal.run("list")).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("the log", () => {
  test("goes through the pager if its lines, which a terminal breaks, do not fit", async () => {
    const { terminal, paged } = await aTerminal(12);
    expect(countLines(await terminal.print("log"))).toBe(12);
    terminal.setup.columns = 40;
    expect(await terminal.print("log")).toBe("");
    expect(paged.map(({ text }) => countLines(text))).toEqual([12]);
    expect(countLines(await terminal.print("log", "--no-pager"))).toBe(12);
    expect(countLines(await terminal.print("log", "--quiet"))).toBe(12);
    expect(paged).toHaveLength(1);
  });
});

describe("the pager is", () => {
  function writeConfig(settings: object): string {
    const folder = scratch(crypto.randomUUID());
    mkdirSync(`${folder}/todo`, { recursive: true });
    writeFileSync(`${folder}/todo/config.json`, JSON.stringify(settings));
    return folder;
  }

  const LESS = "command -v less >/dev/null || exit 127; exec less -FIRX";

  test.each<[string, Record<string, string>, string | undefined, string[]]>([
    ["less, if nobody says anything", {}, undefined, [LESS]],
    ["PAGER", { PAGER: "more" }, undefined, ["more"]],
    ["the setting, before PAGER", { PAGER: "more" }, "most -s", ["most -s"]],
    ["TODO_PAGER, before both", { TODO_PAGER: "less -S", PAGER: "more" }, "most", ["less -S"]],
    ["none, with TODO_PAGER=off", { TODO_PAGER: "off", PAGER: "more" }, "most", []],
    ["none, with an empty TODO_PAGER", { TODO_PAGER: "", PAGER: "more" }, "most", []],
    ["none, with the setting off", { PAGER: "more" }, "off", []],
    ["none, with PAGER=cat", { PAGER: "cat" }, undefined, []],
    ["none, with an empty PAGER", { PAGER: "" }, undefined, []],
    ["none, on a dumb terminal", { PAGER: "more", TERM: "dumb" }, undefined, []],
  ])("%s", async (_, env, setting, commands) => {
    const XDG_CONFIG_HOME = writeConfig(setting === undefined ? {} : { pager: setting });
    const { terminal, paged } = await aTerminal(60, { env: { XDG_CONFIG_HOME, ...env } });
    const out = await terminal.print("list");
    expect(paged.map(({ command }) => command)).toEqual(commands);
    expect(countLines(out)).toBe(commands.length === 0 ? 60 : 0);
  });
});
