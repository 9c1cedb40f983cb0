import { describe, expect, test } from "bun:test";
import { relative } from "node:path";
import { createInvocation } from "../../../../src/cli/create-invocation.ts";
import { startSyncIfDue } from "../../../../src/cli/sync/start-if-due.ts";
import { LOCAL_USER } from "../../../../src/services/workspace.ts";
import { DAY, MINUTE, SECOND } from "../../../support/server/account-api.ts";
import { type Device, SITE, useOnline } from "../../../support/cli/online.ts";
import { useScratch } from "../../../support/disks/scratch.ts";
import { type Setup, useTerminals } from "../../../support/cli/terminal.ts";

const goOnline = useOnline();
const openTerminal = useTerminals();
const scratch = useScratch();

/** A device that follows a server and has just synced. */
async function openSynced(setup: Partial<Setup> = {}) {
  const online = await goOnline();
  const laptop = await online.signUp(undefined, setup);
  await laptop.print("sync");
  return { online, laptop };
}

async function replicaOf({ io }: Device) {
  return (await io.openStore(":memory:")).openReplica(LOCAL_USER);
}

/** As often as a sync was started since somebody asked last. */
function countStarts({ starts }: Device): number {
  return starts.splice(0).length;
}

async function failAt(laptop: Device, at: number, message = "todo.example.com can't be reached"): Promise<void> {
  await (await replicaOf(laptop)).fail({ at, code: "unavailable", message });
}

describe("a sync is started in the background", () => {
  test("by a command that changes something, for the database of that command", async () => {
    const { laptop } = await openSynced();
    const path = scratch("own.db");
    const db = relative(process.cwd(), path);
    await laptop.print("--db", db, "sync");
    await laptop.print("--db", db, "add", "Milk");
    expect(laptop.starts).toEqual([`sync --background --db ${path}`]);
  });

  test("also by one that only reads, where the last sync is a minute ago, and by none before", async () => {
    const { online, laptop } = await openSynced();
    await laptop.print("list");
    online.goOn(MINUTE - 1);
    await laptop.print("list");
    expect(countStarts(laptop)).toBe(0);
    online.goOn(1);
    await laptop.print("list");
    expect(countStarts(laptop)).toBe(1);
  });

  test("where the last sync is ahead, because the clock was", async () => {
    const { laptop } = await openSynced();
    laptop.setup.now -= DAY;
    await laptop.print("list");
    expect(countStarts(laptop)).toBe(1);
  });

  test("by the first command after a login whose own sync failed, half a minute later", async () => {
    const online = await goOnline();
    online.state.network = ({ path }, pass) => (path === "/api/sync" ? Promise.reject(new Error("cut")) : pass());
    const laptop = await online.signUp();
    online.goOn(30 * SECOND);
    expect(countStarts(laptop)).toBe(0);
    await laptop.print("list");
    expect(countStarts(laptop)).toBe(1);
  });

  test("whatever a later version wrote into the settings", async () => {
    const { laptop } = await openSynced();
    laptop.configure({ server: SITE, "sync.later": "yes" });
    await laptop.print("add", "Milk");
    expect(countStarts(laptop)).toBe(1);
  });

  test("without a difference to what the command prints and ends with, also where it can't be started", async () => {
    const { laptop } = await openSynced();
    await laptop.print("add", "Milk");
    laptop.setup.env["TODO_SYNC_AUTO"] = "off";
    const expected = await laptop.run("list");
    delete laptop.setup.env["TODO_SYNC_AUTO"];
    expect(await laptop.run("list")).toEqual(expected);
    let isAsked = false;
    laptop.setup.start = () => {
      isAsked = true;
      throw new Error("no more processes");
    };
    expect(await laptop.run("list")).toEqual(expected);
    expect(isAsked).toBe(true);
  });
});

describe("no sync is started", () => {
  test.each<[string, (laptop: Device) => void]>([
    ["a variable", ({ setup }) => (setup.env["TODO_SYNC_AUTO"] = "off")],
    ["the settings", ({ configure }) => configure({ server: SITE, "sync.auto": "off" })],
  ])("where %s says off", async (_, turnOff) => {
    const { laptop } = await openSynced();
    turnOff(laptop);
    await laptop.print("add", "Milk");
    expect(countStarts(laptop)).toBe(0);
  });

  test("where no server is followed, and for a database in which nothing is", async () => {
    const terminal = openTerminal();
    await terminal.print("add", "Milk");
    const { laptop } = await openSynced();
    await laptop.print("--db", scratch("other.db"), "add", "Milk");
    expect([terminal.starts, laptop.starts]).toEqual([[], []]);
  });

  test("where a database is followed whose password nobody knows", async () => {
    const laptop = openTerminal();
    const { openReplica } = await laptop.io.openStore(":memory:");
    await openReplica(LOCAL_USER).bind({ server: "postgres://host:5432/todo", user: "ada" });
    await laptop.print("add", "Milk");
    expect(laptop.starts).toEqual([]);
    laptop.setup.env["TODO_REMOTE"] = "postgres://ada:secret@host/todo";
    await laptop.print("add", "Bread");
    expect(laptop.starts).toHaveLength(1);
  });

  test("while another process syncs", async () => {
    const { online, laptop } = await openSynced();
    await (await replicaOf(laptop)).lease("other", laptop.setup.now, MINUTE);
    await laptop.print("add", "Milk");
    expect(countStarts(laptop)).toBe(0);
    online.goOn(MINUTE + 1);
    await laptop.print("list");
    expect(countStarts(laptop)).toBe(1);
  });

  test("within half a minute after one that failed", async () => {
    const { online, laptop } = await openSynced();
    await failAt(laptop, laptop.setup.now);
    online.goOn(30 * SECOND - 1);
    await laptop.print("add", "Milk");
    expect(countStarts(laptop)).toBe(0);
    online.goOn(1);
    await laptop.print("list");
    expect(countStarts(laptop)).toBe(1);
  });

  test.each([
    "sync --status",
    "logout",
    `login ${SITE} --password`,
    "completion bash",
    "__complete -- done ",
    "config list",
    "auth status",
  ])("by todo %s", async (line) => {
    const { laptop } = await openSynced();
    await laptop.print("add", "Milk");
    laptop.starts.length = 0;
    laptop.type("ada@example.com", "seven tall green lamps");
    await laptop.print(...line.split(" "));
    expect(laptop.starts).toEqual([]);
  });

  test.each(["sync", "signup", "login", "logout", "serve", "completion", "__complete"])(
    "by %s, also when it has used a database with unsent changes",
    async (command) => {
      const { laptop } = await openSynced();
      await laptop.print("add", "Milk");
      laptop.starts.length = 0;
      const invocation = createInvocation(laptop.io, {}, []);
      await invocation.workspace();
      await startSyncIfDue(invocation, command);
      expect(countStarts(laptop)).toBe(0);
      await startSyncIfDue(invocation, "add");
      expect(countStarts(laptop)).toBe(1);
    },
  );

  test("by a command that fails", async () => {
    const { online, laptop } = await openSynced();
    online.goOn(MINUTE);
    expect((await laptop.run("done", "kqvz")).code).toBe(3);
    expect(laptop.starts).toEqual([]);
  });
});

describe("where syncing has failed for a day", () => {
  const LINE = "Not synced since 2026-11-20 10:00: todo.example.com can't be reached. Try: todo sync\n";

  /** A device whose clock is that of the test. */
  async function openFailing() {
    const opened = await openSynced({ now: Date.UTC(2026, 10, 20, 9) });
    const since = opened.laptop.setup.now;
    await failAt(opened.laptop, since);
    opened.online.goOn(DAY);
    await failAt(opened.laptop, opened.laptop.setup.now);
    return opened;
  }

  test("the next command says once a day since when, why, and what to type", async () => {
    const { online, laptop } = await openFailing();
    laptop.setup.now -= 1;
    expect((await laptop.run("list")).err).toBe("");
    online.goOn(1);
    expect(await laptop.run("add", "Milk")).toMatchObject({ code: 0, err: LINE });
    online.goOn(DAY - 1);
    expect((await laptop.run("list")).err).toBe("");
    online.goOn(1);
    expect((await laptop.run("list")).err).toBe(LINE);
  });

  test("that is said also where no sync can be started", async () => {
    const { laptop } = await openFailing();
    laptop.setup.now += MINUTE;
    laptop.setup.start = () => {
      throw new Error("no more processes");
    };
    expect(await laptop.run("list")).toMatchObject({ code: 0, err: LINE });
  });

  test("nothing is said to programs, and where automatic sync is off", async () => {
    const { laptop } = await openFailing();
    for (const flag of ["--json", "--ndjson", "--quiet"]) expect((await laptop.run("list", flag)).err).toBe("");
    laptop.setup.env["TODO_SYNC_AUTO"] = "off";
    expect((await laptop.run("list")).err).toBe("");
    delete laptop.setup.env["TODO_SYNC_AUTO"];
    expect((await laptop.run("list")).err).toBe(LINE);
  });

  test("nothing is said any more after a sync that went well", async () => {
    const { laptop } = await openFailing();
    await laptop.print("sync");
    expect((await laptop.run("list")).err).toBe("");
  });

  test("what a server said is shown without its control characters", async () => {
    const { online, laptop } = await openSynced();
    await failAt(laptop, laptop.setup.now, "\u001b[2Jboo");
    online.goOn(DAY);
    expect((await laptop.run("list")).err).not.toContain("\u001b");
  });
});

describe("a server that has no room for what is here", () => {
  test("is named once a day, beside what a command prints", async () => {
    const { online, laptop } = await openSynced();
    await laptop.print("add", "Milk");
    const replica = await replicaOf(laptop);
    const { base, sent, changes } = await replica.outgoing(1);
    const rejected = changes.map(({ id }) => ({ id, code: "quota_exceeded", field: "", message: "it is full" }));
    const result = { base, tasks: [], sent, rejected, cursor: base.cursor ?? "", more: false, now: laptop.setup.now };
    await replica.applyResult(result);
    const note = "Some tasks are on this device only: the server has no room. See: todo sync --status\n";
    expect(await laptop.run("list", "--json")).toMatchObject({ err: "" });
    expect(await laptop.run("list")).toMatchObject({ code: 0, err: note });
    expect(await laptop.run("list")).toMatchObject({ err: "" });
    online.goOn(DAY);
    expect(await laptop.run("list")).toMatchObject({ err: note });
    expect((await laptop.run("sync", "--status")).err).toContain("it is full");
  });
});
