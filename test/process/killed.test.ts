import { describe, expect, test } from "bun:test";
import { readdirSync, watch } from "node:fs";
import { type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

const ADDS = 200;
const AT_ONCE = 4;
/** So many titles that SQLite writes pages of them before the commit. */
const GROUP = 5000;
const FOREVER_MS = 30_000;

type Attempt = { readonly title: string; readonly exitCode: number | null; readonly killed: boolean };

/** Adds a task and kills the process after some milliseconds, unless it was faster. */
async function addAndKill(home: Home, title: string, delay: number): Promise<Attempt> {
  const child = home.start({ args: ["add", title] });
  const timer = setTimeout(() => child.kill("SIGKILL"), delay);
  await child.exited;
  clearTimeout(timer);
  return { title, exitCode: child.exitCode, killed: child.signalCode === "SIGKILL" };
}

/** How long an `add` takes now, on this machine, with others beside it. */
async function measureAdd(home: Home): Promise<number> {
  const begin = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => home.print("add", `calibration ${number}`)));
  return performance.now() - begin;
}

/** Adds a task and kills the process within a few milliseconds of a write to the database, its own or another's. */
async function addAndKillWhileWriting(home: Home, title: string): Promise<Attempt> {
  const child = home.start({ args: ["add", title] });
  const watcher = watch(home.path("data"), () => setTimeout(() => child.kill("SIGKILL"), Math.random() * 3));
  await child.exited;
  watcher.close();
  return { title, exitCode: child.exitCode, killed: child.signalCode === "SIGKILL" };
}

/** Every third is killed while the database is written to, which is a small part of a process's life. */
async function attemptAll(home: Home, maxDelayMs: number): Promise<Attempt[]> {
  const queue = Array.from({ length: ADDS }, (_, number) => number);
  const attempts: Attempt[] = [];
  const work = async () => {
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
      const title = `task ${number}`;
      const whileWriting = number % 3 === 0;
      const attempt = whileWriting
        ? addAndKillWhileWriting(home, title)
        : addAndKill(home, title, Math.random() * maxDelayMs);
      attempts.push(await attempt);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return attempts;
}

describe("a `todo add` that is killed at any moment", () => {
  // Slow: 200 processes, 3 to 6 seconds.
  test("takes nothing with it: every one of 200 that ended well is there, and the file is sound", async () => {
    const home = newHome();
    const attempts = await attemptAll(home, 2 * (await measureAdd(home)));
    const answered = attempts.filter(({ exitCode }) => exitCode === 0).map(({ title }) => title);
    const killed = attempts.filter((attempt) => attempt.killed);
    // Else the moments were not random enough to say anything.
    expect(answered.length).toBeGreaterThan(ADDS / 10);
    expect(killed.length).toBeGreaterThan(ADDS / 10);
    expect(answered.length + killed.length).toBe(ADDS);

    const { exitCode, out, err } = await home.todo("doctor");
    expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: `${home.db}: sound\n`, err: "" });
    const titles = (await home.tasks()).map(({ title }) => title).filter((title) => title.startsWith("task "));
    expect(new Set(titles).size).toBe(titles.length);
    expect(answered.filter((title) => !titles.includes(title))).toEqual([]);
  }, 60_000);

  // Slow: 12 processes that write for some 200 milliseconds each.
  test("adds all titles of a long text or none of them", async () => {
    const home = newHome();
    const addGroup = async (group: string, killAfterMs = Number.POSITIVE_INFINITY): Promise<boolean> => {
      const child = home.start({ args: ["add", "-"], input: `${group}\n`.repeat(GROUP) });
      const timer = setTimeout(() => child.kill("SIGKILL"), Math.min(killAfterMs, FOREVER_MS));
      await child.exited;
      clearTimeout(timer);
      return child.exitCode === 0;
    };
    const begin = performance.now();
    expect(await addGroup("group 0")).toBe(true);
    const duration = performance.now() - begin;
    const answered = ["group 0"];
    // From the first fifth on it writes, so that most are killed in the middle of it.
    for (let number = 1; number < 12; number += 1) {
      const group = `group ${number}`;
      if (await addGroup(group, duration * (0.2 + 0.9 * Math.random()))) answered.push(group);
    }

    expect(await home.print("doctor")).toBe(`${home.db}: sound\n`);
    const counts = new Map<string, number>();
    for (const { title } of await home.tasks()) counts.set(title, (counts.get(title) ?? 0) + 1);
    expect([...counts.values()].filter((count) => count !== GROUP)).toEqual([]);
    expect([...counts.keys()]).toEqual(expect.arrayContaining(answered));
    expect(answered.length).toBeLessThan(12);
  });

  test("while it makes the database leaves a place where the next command works", async () => {
    const calibration = newHome();
    const addMs = await measureAdd(calibration);
    const ends: boolean[] = [];
    const attempt = async () => {
      const home = newHome();
      const { killed } = await addAndKill(home, "first", Math.random() * addMs);
      const { exitCode, err } = await home.todo("add", "second");
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
      const titles = (await home.tasks()).map(({ title }) => title);
      expect(titles.filter((title) => title !== "first")).toEqual(["second"]);
      expect(killed || titles.includes("first")).toBe(true);
      expect(await home.print("doctor")).toEndWith(": sound\n");
      expect(readdirSync(home.path("data"))).toContain("todo.db");
      ends.push(killed);
    };
    // As many at once as were measured: while more are started, no timer fires in time.
    for (let round = 0; round < 10; round += 1) await Promise.all(Array.from({ length: AT_ONCE }, attempt));
    expect(ends.filter(Boolean).length).toBeGreaterThan(4);
  });
});
