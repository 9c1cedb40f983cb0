import { describe, expect, test } from "bun:test";
import { PASSWORD, signedIn, tokenOf } from "../../support/cli/remote.ts";
import { ON_A_TERMINAL, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STATE = "/home/ann/.local/state/todo/reminders.json";

/** It is Friday, 20 November 2026, 10:00 in Berlin. Each reminder with its moment. */
async function list(terminal: Terminal, ...words: string[]): Promise<string[]> {
  const found: { title: string; reminder: string; remind_at: string }[] = JSON.parse(
    await terminal.print("reminders", "--json", ...words),
  );
  return found.map(({ title, reminder, remind_at: at }) => `${title} ${reminder} ${at}`);
}

describe("todo reminders", () => {
  test("lists what fell due today, the earliest first, before a due date or at a moment", async () => {
    const terminal = openTerminal();
    await terminal.add("a", "due:12:00", "remind:2h", "remind:1h");
    await terminal.add("b", "due:tomorrow", "remind:1d", "remind:1w");
    await terminal.add("c", "remind:2026-11-20 09:00");
    expect(await list(terminal)).toEqual([
      "b -P1D 2026-11-19T23:00:00Z",
      "c 2026-11-20T08:00:00Z 2026-11-20T08:00:00Z",
      "a -PT2H 2026-11-20T09:00:00Z",
    ]);
  });

  test("lists what is open, hidden or not, and nothing else", async () => {
    const terminal = openTerminal();
    const names = ["open", "hidden", "done", "cancelled", "deleted"];
    for (const name of names)
      await terminal.add(name, "due:today", "remind:now", ...(name === "hidden" ? ["wait:mon"] : []));
    const [, , done, cancelled, deleted] = await terminal.tasks();
    await terminal.print("done", done?.handle ?? "");
    await terminal.print("cancel", cancelled?.handle ?? "");
    await terminal.print("rm", deleted?.handle ?? "");
    expect((await list(terminal)).map((line) => line.split(" ")[0])).toEqual(["open", "hidden"]);
  });

  test("lists the current occurrence of a task that repeats, and the next one when that is done", async () => {
    const terminal = openTerminal();
    const { handle } = await terminal.add("a", "every:day", "due:today", "remind:now");
    expect(await list(terminal)).toEqual(["a -PT0M 2026-11-19T23:00:00Z"]);
    await terminal.print("done", handle);
    expect(await list(terminal)).toEqual([]);
    terminal.setup.now += DAY_MS;
    expect(await list(terminal)).toEqual(["a -PT0M 2026-11-20T23:00:00Z"]);
  });

  test("goes from a time, which was in the span before, or from a day on, to another", async () => {
    const terminal = openTerminal();
    await terminal.add("a", "remind:2026-11-20 09:00", "remind:2026-11-20 09:30", "remind:2026-11-21 12:00");
    const count = async (...words: string[]) => (await list(terminal, ...words)).length;
    expect(await count("--since", "2026-11-20 09:00")).toBe(1);
    expect(await count("--since", "2026-11-20 08:59")).toBe(2);
    expect(await count("--since", "2026-11-20")).toBe(2);
    expect(await count("--since", "now", "--until", "tomorrow")).toBe(1);
    expect(await count("--until", "2026-11-21 11:59")).toBe(2);
    expect(await count("--until", "2026-11-21 12:00")).toBe(3);
  });

  test("is narrowed by a filter, and not by the context", async () => {
    const terminal = openTerminal({ env: { TODO_CONTEXT: "work" } });
    await terminal.print("filter", "save", "work", "+work");
    await terminal.add("a", "due:today", "remind:now", "+work");
    await terminal.add("b", "due:today", "remind:now");
    expect(await list(terminal)).toHaveLength(2);
    expect(await terminal.run("reminders", "-q", "+work")).toMatchObject({ code: 0, err: "" });
    expect(await list(terminal, "+work", "or", "nothing")).toHaveLength(1);
    expect(await list(terminal, "--", "b")).toHaveLength(1);
  });

  test("names a task with two reminders once if only its handle is asked for", async () => {
    const terminal = openTerminal();
    const { handle } = await terminal.add("a", "remind:2026-11-20 09:00", "remind:2026-11-20 09:30");
    expect(await terminal.print("reminders", "-q")).toBe(`${handle}\n`);
    expect(await terminal.print("reminders", "--count")).toBe("2\n");
  });

  test("prints nothing if there is none, and tells a person what to type", async () => {
    expect(await openTerminal().run("reminders")).toEqual({ code: 0, out: "", err: "" });
    const { out, err } = await openTerminal(ON_A_TERMINAL).run("reminders");
    expect([out, err]).toEqual(["", "No reminder fell due. Set one with: todo edit REF remind:30min\n"]);
  });

  test.each([
    [["--since", "tomorrow"], "--since is later than --until, or to come"],
    [["--since", "now", "--until", "yesterday"], "--since is later than --until, or to come"],
    [["--since", "last", "--until", "tomorrow"], "--until can't be given beside it"],
    [["--since", "fridy"], '"fridy" is not a date'],
  ])("refuses %p", async (words, message) => {
    const { code, err } = await openTerminal().run("reminders", ...words);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe("todo reminders --since last", () => {
  const LAST = ["--since", "last"];

  async function aTerminal(): Promise<Terminal> {
    const terminal = openTerminal();
    await terminal.add("a", "due:today", "remind:now");
    await terminal.add("b", "remind:2026-11-20 10:05");
    await terminal.add("c", "remind:2026-11-22 10:00");
    return terminal;
  }

  test("begins with today, and then lists each reminder in one run, however late that is", async () => {
    const terminal = await aTerminal();
    expect(await list(terminal, ...LAST)).toHaveLength(1);
    expect(await terminal.run("reminders", ...LAST)).toEqual({ code: 0, out: "", err: "" });
    terminal.setup.now += 5 * MINUTE_MS;
    expect(await list(terminal, ...LAST)).toEqual(["b 2026-11-20T09:05:00Z 2026-11-20T09:05:00Z"]);
    terminal.setup.now += 7 * DAY_MS;
    expect(await list(terminal, ...LAST)).toEqual(["c 2026-11-22T09:00:00Z 2026-11-22T09:00:00Z"]);
    expect(await list(terminal, ...LAST)).toEqual([]);
  });

  test("misses none and repeats none, whatever fraction of a second a run begins at", async () => {
    const terminal = openTerminal();
    await terminal.add("a", "remind:+1min");
    await list(terminal, ...LAST);
    const found: string[] = [];
    for (let run = 0; run < 40; run += 1) {
      terminal.setup.now += 3_337;
      found.push(...(await list(terminal, ...LAST)));
    }
    expect(found).toHaveLength(1);
  });

  test("goes on from now if the clock was set back", async () => {
    const terminal = await aTerminal();
    terminal.setup.now += 30 * DAY_MS;
    await list(terminal, ...LAST);
    terminal.setup.now -= 30 * DAY_MS;
    expect(await list(terminal, ...LAST)).toEqual([]);
    terminal.setup.now += 5 * MINUTE_MS;
    expect(await list(terminal, ...LAST)).toHaveLength(1);
  });

  test("lists again what could not be printed", async () => {
    const terminal = await aTerminal();
    const { out } = terminal.io;
    const broken = {
      ...terminal.io,
      out: {
        ...out,
        write: () => {
          throw new Error("EPIPE");
        },
      },
    };
    const { run } = await import("../../../src/cli/run.ts");
    await run(["reminders", ...LAST], broken).catch(() => undefined);
    expect(await list(terminal, ...LAST)).toHaveLength(1);
  });

  test("keeps apart what was noted of each database, and replaces a note that can't be read", async () => {
    const terminal = await aTerminal();
    terminal.kept.set(STATE, '{"/other.db":"2026-11-20T08:00:00Z","/x":5');
    expect(await list(terminal, ...LAST)).toHaveLength(1);
    terminal.kept.set(STATE, '{"/other.db":"2026-11-20T08:00:00Z"}');
    expect(await list(terminal, ...LAST)).toHaveLength(1);
    expect(Object.keys(JSON.parse(terminal.kept.get(STATE) ?? ""))).toHaveLength(2);
    for (const text of ["5", "null", '{":memory:":5}', '{":memory:":"soon"}']) {
      terminal.kept.set(STATE, text);
      expect(await list(terminal, ...LAST)).toHaveLength(1);
    }
  });

  test("needs a folder to note it in", async () => {
    const { code, err } = await openTerminal({ env: { HOME: "" } }).run("reminders", ...LAST);
    expect(code).toBe(2);
    expect(err).toContain("needs a folder to note in when that was");
  });

  test("keeps apart what was noted of the users of a database on a server, and notes no password", async () => {
    const terminal = openTerminal(await signedIn());
    await terminal.print("add", "a", "due:today", "remind:now");
    expect(await list(terminal, ...LAST)).toHaveLength(1);
    terminal.setup.env["TODO_TOKEN"] = await tokenOf("eve");
    await terminal.print("add", "b", "due:today", "remind:now");
    expect(await list(terminal, ...LAST)).toHaveLength(1);
    const path = [...terminal.kept.keys()].find((each) => each.endsWith("reminders.json")) ?? "";
    const names = Object.keys(JSON.parse(terminal.kept.get(path) ?? ""));
    expect(names).toEqual([expect.stringContaining(" ada"), expect.stringContaining(" eve")]);
    expect(names.join()).not.toContain(PASSWORD);
  });
});
