import { describe, expect, test } from "bun:test";
import { ON_A_TERMINAL, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const MINUTE_MS = 60_000;

describe("todo start and stop", () => {
  test("mark a task in lists while somebody works on it, and say how long that was", async () => {
    const terminal = openTerminal();
    await terminal.add("Pay rent", "due:friday");
    await terminal.add("Milk");
    expect(await terminal.print("start", "wbb", "gqn")).toBe(
      "Started wbb  Pay rent  due Fri 27 Nov\nStarted gqn  Milk\n",
    );
    expect(await terminal.print("list", "is:active")).toBe(
      "wbb  Fri 27 Nov  Pay rent (started)\ngqn              Milk (started)\n",
    );
    terminal.setup.now += 25 * MINUTE_MS;
    expect(await terminal.print("stop", "wbb")).toBe("Stopped wbb  Pay rent  tracked +25 min\n");
    expect(await terminal.print("list", "not:is:active")).toBe("wbb  Fri 27 Nov  Pay rent\n");
    terminal.setup.now += 40 * MINUTE_MS;
    expect(await terminal.print("stop")).toBe("Stopped gqn  Milk  tracked +1 h 5 min\n");
    expect(await terminal.run("stop")).toEqual({ code: 0, out: "", err: "" });
    expect(await terminal.print("show", "gqn")).toContain("tracked     1 h 5 min\n");
  });

  test("say of a task that it is so already, and of a completed one what to do", async () => {
    const terminal = openTerminal();
    await terminal.add("Pay rent");
    expect((await terminal.run("stop", "wbb")).err).toBe("wbb  Pay rent: is not started\n");
    await terminal.print("start", "wbb");
    expect((await terminal.run("start", "wbb")).err).toBe("wbb  Pay rent: was started already\n");
    await terminal.print("done", "wbb");
    const { code, err } = await terminal.run("start", "wbb");
    expect([code, err]).toEqual([
      2,
      "todo: task wbbnznksrkdb is completed, so it can't be started\n  Open it again with: todo reopen wbbnznksrkdb\n",
    ]);
  });

  test("are told in the log in words, and taken back by undo", async () => {
    const terminal = openTerminal();
    await terminal.add("Pay rent");
    await terminal.print("start", "wbb");
    terminal.setup.now += 40_000;
    await terminal.print("stop");
    expect(await terminal.print("show", "wbb")).toContain("tracked     40 s\n");
    expect(await terminal.print("undo")).toBe("Undid the stop: wbb  Pay rent  started, tracked -40 s\n");
    expect(await terminal.print("undo")).toBe("Undid the start: wbb  Pay rent  stopped\n");
    const lines = (await terminal.print("log", "wbb")).trimEnd().split("\n");
    expect(lines.map((line) => line.split("  ").at(-1))).toEqual([
      "stopped",
      "started, tracked -40 s",
      "stopped, tracked +40 s",
      "started",
      'title "Pay rent"',
    ]);
  });

  test("say where nothing is started how to start something", async () => {
    const terminal = openTerminal(ON_A_TERMINAL);
    expect((await terminal.run("stop")).err).toBe("No task is started. Start one with: todo start HANDLE\n");
  });
});
