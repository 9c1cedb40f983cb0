import { describe, expect, test } from "bun:test";
import type { WireLogEntry } from "../../../src/contract/log-entry.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

async function changesOf(terminal: Terminal, ...argv: string[]): Promise<string[]> {
  const lines = (await terminal.print("log", ...argv)).trimEnd().split("\n");
  return lines.map((line) => line.split(/ {2,}/).slice(2).join("  "));
}

describe("the log", () => {
  test("says what each command did, the newest first", async () => {
    const terminal = openTerminal();
    await terminal.add("Pay rent", "due:friday", "+home", "project:Flat", "priority:high", "--description", "a\nb");
    const story = [
      ["edit", "wbb", "--title", "Rent", "due:17:00", "--untag", "home", "--no-project", "priority:low"],
      ["done", "wbb"],
      ["reopen", "wbb"],
      ["rm", "wbb"],
      ["restore", "wbb"],
      ["undo"],
    ];
    for (const command of story) await terminal.print(...command);
    expect(await changesOf(terminal)).toEqual([
      "undo  wbbnznksrkdb  deleted",
      "restore  wbbnznksrkdb  not deleted",
      "delete  wbbnznksrkdb  deleted",
      "reopen  wbbnznksrkdb  not completed",
      "complete  wbbnznksrkdb  completed",
      'edit  wbbnznksrkdb  title "Pay rent" → "Rent", due Fri 27 Nov → Fri 20 Nov 17:00, priority "high" → "low", project removed, was "Flat", -home removed',
      'add  wbbnznksrkdb  title "Pay rent", description "a\\nb", due Fri 27 Nov, priority "high", project "Flat", +home',
    ]);
  });

  test("says when, in the user's time zone, and on which device", async () => {
    const terminal = openTerminal({ timeZone: "Asia/Tokyo" });
    await terminal.add("Milk");
    const { device }: { device: string } = JSON.parse(await terminal.print("info", "--json"));
    expect(await terminal.print("log")).toBe(`Fri 20 Nov 18:00  ${device}  add       wbbnznksrkdb  title "Milk"\n`);
  });

  test("of one task has only its changes, also when it is deleted", async () => {
    const terminal = openTerminal();
    await terminal.add("Milk");
    await terminal.add("Bread");
    await terminal.print("done", "wbb", "gqn");
    await terminal.print("rm", "wbb");
    expect((await changesOf(terminal, "wbb")).map((line) => line.split(" ")[0])).toEqual(["delete", "complete", "add"]);
    expect((await terminal.run("log", "zzz")).code).toBe(3);
  });

  test("has the last 50 changes unless --limit says otherwise", async () => {
    const terminal = openTerminal();
    for (let times = 0; times < 52; times += 1) await terminal.add(`Task ${times}`);
    expect(await changesOf(terminal)).toHaveLength(50);
    expect(await changesOf(terminal, "--limit", "0")).toHaveLength(52);
    expect(await changesOf(terminal, "--limit", "1")).toEqual([expect.stringContaining("Task 51")]);
  });

  test("for programs has each value before and after", async () => {
    const terminal = openTerminal();
    await terminal.add("Milk", "+shop");
    await terminal.print("edit", "wbb", "--title", "Oat\u001b milk", "--untag", "shop");
    const entries: WireLogEntry[] = JSON.parse(await terminal.print("log", "--json"));
    expect(entries[0]).toMatchObject({
      at: "2026-11-20T09:00:00.000Z",
      action: "edit",
      handle: "wbbnznksrkdb",
      changes: [
        { field: "title", before: "Milk", after: "Oat\u001b milk" },
        { field: "tag:shop", before: true, after: false },
      ],
    });
    const lines = (await terminal.print("log", "--ndjson")).trimEnd().split("\n");
    expect(lines.map((line): WireLogEntry => JSON.parse(line))).toEqual(entries);
    expect(await terminal.print("log", "--quiet")).toBe("wbbnznksrkdb\nwbbnznksrkdb\n");
  });

  test("shows nothing that a terminal would obey", async () => {
    const terminal = openTerminal();
    await terminal.add("a\u001b[31mb\u202ec", "--project", "p\u0007", "+t\u202e");
    const out = await terminal.print("log");
    expect(out).toContain('title "a\\e[31mb\\u{202e}c"');
    expect(out.trimEnd()).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

test("the log says on a terminal which task each change is about, unless the change does", async () => {
  const terminal = openTerminal({ ...ON_A_TERMINAL, env: { NO_COLOR: "1" } });
  await terminal.add("Milk");
  await terminal.print("edit", "wbb", "due:friday");
  await terminal.print("edit", "wbb", "--title", "Oat milk");
  await terminal.print("rm", "wbb");
  expect(await changesOf(terminal)).toEqual([
    "delete  wbbnznksrkdb  Oat milk  deleted",
    'edit  wbbnznksrkdb  title "Milk" → "Oat milk"',
    "edit  wbbnznksrkdb  Oat milk  due Fri 27 Nov",
    'add  wbbnznksrkdb  title "Milk"',
  ]);
  terminal.setup.terminals = [];
  expect(await changesOf(terminal, "--limit", "1")).toEqual(["delete  wbbnznksrkdb  deleted"]);
});
