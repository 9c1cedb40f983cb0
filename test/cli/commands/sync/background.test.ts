import { describe, expect, jest, test } from "bun:test";
import { waitUntilQuiet } from "../../../../src/cli/sync/background-sync.ts";
import type { Io } from "../../../../src/cli/platform/io.ts";
import { run } from "../../../../src/cli/run.ts";
import type { Replica } from "../../../../src/ports/replica.ts";
import { LOCAL_USER } from "../../../../src/services/workspace.ts";
import { MINUTE, SECOND } from "../../../support/server/account-api.ts";
import { type Asked, type Device, type Network, useOnline } from "../../../support/cli/online.ts";
import type { Ended } from "../../../support/cli/terminal.ts";

const goOnline = useOnline();

const SILENT = { code: 0, out: "", err: "" };

/** Two devices that follow a server and have just synced. */
async function openTwo() {
  const online = await goOnline();
  const laptop = await online.signUp();
  const phone = await online.logIn();
  for (const device of [laptop, phone]) await device.print("sync");
  // Ids are made of the time here.
  phone.setup.now += 1;
  online.asked.length = 0;
  return { online, laptop, phone };
}

function syncInBackground(device: Device): Promise<Ended> {
  return device.run("sync", "--background");
}

/** The machine of a device, where work is done before a sync says that it is over. */
function beforeRelease({ io }: Device, work: () => Promise<void>): Io {
  return {
    ...io,
    openStore: async (path) => {
      const database = await io.openStore(path);
      const openReplica = (owner: string): Replica => {
        const replica = database.openReplica(owner);
        return { ...replica, release: (name) => work().then(() => replica.release(name)) };
      };
      return { ...database, openReplica };
    },
  };
}

/** What each exchange that brought changes brought. */
function changesOf(asked: readonly Asked[]): unknown[][] {
  return asked
    .filter(({ path }) => path === "/api/sync")
    .map(({ body }): unknown[] => JSON.parse(body).changes)
    .filter((changes) => changes.length > 0);
}

async function statusOf(device: Device) {
  return JSON.parse(await device.print("sync", "--status", "--json"));
}

const away: Network = () => Promise.reject(new Error("no network"));

describe("a burst of commands", () => {
  /** The milliseconds until nothing more is waited for, where something changes every so often for so long. */
  async function measureWait(every: number, duration: number): Promise<number> {
    jest.useFakeTimers({ now: 0 });
    try {
      const look = async () => Math.floor(Math.min(Date.now(), duration) / every);
      const over = waitUntilQuiet(look).then(() => Date.now());
      for (let step = 0; step < 300; step += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        jest.advanceTimersByTime(10);
      }
      return await over;
    } finally {
      jest.useRealTimers();
    }
  }

  test.each([
    [100, 0, 150],
    [100, 1000, 1150],
    [140, 700, 850],
    [100, 5000, 2000],
  ])("with a change each %d ms for %d ms is over after %d", async (every, duration, expected) => {
    expect(await measureWait(every, duration)).toBe(expected);
  });
});

describe("a sync in the background", () => {
  test("brings and takes what is new, without a word", async () => {
    const { laptop, phone } = await openTwo();
    await laptop.print("add", "Milk");
    await phone.print("add", "Tea");
    for (const device of [laptop, phone, laptop]) {
      expect(await syncInBackground(device)).toEqual(SILENT);
    }
    expect(await laptop.titles()).toEqual(["Milk", "Tea"]);
    expect(await phone.titles()).toEqual(["Milk", "Tea"]);
  });

  test("waits for the end of a burst of commands, none of which starts another one, and brings all at once", async () => {
    const { online, laptop } = await openTwo();
    await laptop.print("add", "First");
    const ended = syncInBackground(laptop);
    for (let count = 1; count < 6; count += 1) await laptop.print("add", "More");
    expect(laptop.starts).toHaveLength(1);
    await ended;
    expect(changesOf(online.asked).map((changes) => changes.length)).toEqual([6]);
  });

  test("brings what was written while it was ending, by commands that left that to it", async () => {
    const { laptop, phone } = await openTwo();
    await laptop.print("add", "Milk");
    laptop.starts.length = 0;
    let isWritten = false;
    const writeLate = async () => {
      if (!isWritten) await laptop.print("add", "Late");
      isWritten = true;
    };
    expect(await run(["sync", "--background"], beforeRelease(laptop, writeLate))).toBe(0);
    expect(laptop.starts).toEqual([]);
    await phone.print("sync");
    expect(await phone.titles()).toEqual(["Milk", "Late"]);
  });

  test("leaves it to another process that syncs, and notes no failure", async () => {
    const { online, laptop } = await openTwo();
    const { openReplica } = await laptop.io.openStore(":memory:");
    await openReplica(LOCAL_USER).lease("other", laptop.setup.now, MINUTE);
    await laptop.print("add", "Milk");
    expect(await syncInBackground(laptop)).toEqual(SILENT);
    expect(online.asked).toEqual([]);
    expect(await statusOf(laptop)).toMatchObject({ failure: null, unsent: 1 });
  });

  test("does nothing where no server is followed", async () => {
    const online = await goOnline();
    expect(await syncInBackground(online.device())).toEqual(SILENT);
    expect(online.asked).toEqual([]);
  });

  test("notes a failure, which commands don't repeat at once and a success takes away", async () => {
    const { online, laptop } = await openTwo();
    online.state.network = away;
    await laptop.print("add", "Milk");
    laptop.starts.length = 0;
    expect(await syncInBackground(laptop)).toEqual(SILENT);
    const at = new Date(laptop.setup.now).toISOString();
    const message = "todo.example.com can't be reached";
    expect(await statusOf(laptop)).toMatchObject({ failure: { since: at, at, code: "unavailable", message } });
    expect(await laptop.run("add", "Bread")).toMatchObject({ code: 0, err: "" });
    expect(laptop.starts).toEqual([]);
    online.goOn(MINUTE);
    await syncInBackground(laptop);
    const again = new Date(laptop.setup.now).toISOString();
    expect(await statusOf(laptop)).toMatchObject({ failure: { since: at, at: again } });
    expect(await laptop.print("sync", "--status")).toMatch(
      /^fails since +2026-11-20 10:00\nnewest reason +todo\.example\.com can't be reached \(2026-11-20 10:01\)$/m,
    );
    online.state.network = (_, pass) => pass();
    await syncInBackground(laptop);
    expect(await statusOf(laptop)).toMatchObject({ failure: null, unsent: 0 });
  });

  test("notes that nobody is logged in any more, and commands start a next one half a minute later", async () => {
    const { online, laptop } = await openTwo();
    await laptop.print("logout");
    await laptop.print("add", "Milk");
    expect(laptop.starts.splice(0)).toHaveLength(1);
    expect(await syncInBackground(laptop)).toEqual(SILENT);
    expect(await statusOf(laptop)).toMatchObject({ failure: { code: "unauthorized" }, unsent: 1 });
    for (let second = 0; second < 29; second += 1) {
      online.goOn(SECOND);
      expect(await laptop.run("list")).toMatchObject({ code: 0, err: "" });
    }
    expect(laptop.starts).toEqual([]);
    online.goOn(SECOND);
    await laptop.print("list");
    expect(laptop.starts).toHaveLength(1);
  });

  test("notes that the variables name another server, which is asked nothing", async () => {
    const { online, laptop } = await openTwo();
    laptop.setup.env["TODO_SERVER"] = "https://other.example.com";
    expect(await syncInBackground(laptop)).toEqual(SILENT);
    expect(online.asked).toEqual([]);
    expect(await statusOf(laptop)).toMatchObject({ failure: { code: "account_mismatch" } });
  });

  test("ends after 25 seconds where nothing is answered, and keeps nobody else from syncing", async () => {
    const online = await goOnline();
    let isStuck = false;
    const never = new Promise<never>(() => undefined);
    const laptop = await online.signUp(undefined, { fetch: (...ask) => (isStuck ? never : online.fetch(...ask)) });
    await laptop.print("sync");
    isStuck = true;
    const begin = online.api.clock.now;
    expect(await online.hurry(() => syncInBackground(laptop))).toEqual(SILENT);
    expect(online.api.clock.now - begin).toBe(25 * SECOND);
    expect(await statusOf(laptop)).toMatchObject({ failure: { code: "timed_out" } });
    isStuck = false;
    expect(await laptop.print("sync")).toBe("Up to date with todo.example.com\n");
  });

  test("is nothing for the help or Tab", async () => {
    const laptop = (await goOnline()).device();
    expect(await laptop.print("sync", "--help")).not.toContain("background");
    expect(await laptop.print("__complete", "--", "sync", "--")).not.toContain("background");
  });
});
