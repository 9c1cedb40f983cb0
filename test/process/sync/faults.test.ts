import { describe, expect, test } from "bun:test";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireTask } from "../../../src/contract/task.ts";
import { at } from "../../support/stores/test-user.ts";
import { useFaultyServers } from "../../support/server/faulty-servers.ts";
import { type Ended, finish, type Home, useHomes } from "../../support/cli/home.ts";
import { smallFiles } from "../../support/disks/small-disk.ts";
import { canMakeSmallSpaces, useSmallSpaces } from "../../support/disks/small-space.ts";
import { createFellow, type Fellow, startFleet, syncUntilQuiet } from "../../support/sync/fleet.ts";
import { createGate } from "../../support/sync/gate.ts";

const newHome = useHomes();
const servers = useFaultyServers();
const newSmallSpace = useSmallSpaces();

/** Bytes that leave too few on a disk of a mebibyte. */
const FILLER = 1_700_000;

/** A laptop with an edit and a new task that are unsent, and a server that has a task of the phone for it. */
async function openUnsent() {
  const gate = createGate(servers);
  const { fellows } = await startFleet(newHome, 2, gate.reach);
  const [laptop, phone] = [at(fellows, 0), at(fellows, 1)];
  const { handle }: WireTask = JSON.parse(await laptop.print("add", "--json", "Old"));
  await laptop.sync();
  await phone.print("add", "Theirs");
  await phone.sync();
  await laptop.print("edit", handle, "--description", "edited", "+tag");
  await laptop.print("add", "New");
  return { gate, laptop, phone };
}

/** Fails the test unless both have all of it once. */
async function expectPeace(laptop: Fellow, phone: Fellow): Promise<void> {
  await syncUntilQuiet([laptop, phone]);
  const text = await laptop.export();
  expect(await phone.export()).toBe(text);
  const tasks: WireTask[] = JSON.parse(text);
  expect(tasks.map(({ title, description, tags }) => [title, description, tags])).toEqual([
    ["Old", "edited", ["tag"]],
    ["Theirs", null, []],
    ["New", null, []],
  ]);
  expect(await laptop.status()).toMatchObject({ unsent: 0, rejected: [] });
  expect(await laptop.print("doctor")).toEndWith(": sound\n");
}

/** Starts a sync, and kills it when that much of it has happened. */
async function killWhileHeld(gate: ReturnType<typeof createGate>, laptop: Fellow, what: "requests" | "answers") {
  gate.hold(what);
  const child = laptop.start(["sync"]);
  await gate.untilHeld();
  child.kill("SIGKILL");
  await finish(child);
  gate.hold("nothing");
}

/** Fails the test unless everything here is as before. */
async function expectUntouched(laptop: Fellow, fail: () => Promise<void>): Promise<void> {
  const before = await laptop.export();
  await fail();
  expect(await laptop.export()).toBe(before);
  expect(await laptop.status()).toMatchObject({ unsent: 2, rejected: [] });
  laptop.forgetLease();
}

describe("a `todo sync` that is killed", () => {
  test("before the server has what it sent leaves all as it was, and what it sent may come late", async () => {
    const { gate, laptop, phone } = await openUnsent();
    await expectUntouched(laptop, () => killWhileHeld(gate, laptop, "requests"));
    await expectPeace(laptop, phone);
    await gate.release();
    await expectPeace(laptop, phone);
  });

  test("when the server has merged, before the answer came, leaves all as it was, and the next one doubles nothing", async () => {
    const { gate, laptop, phone } = await openUnsent();
    await expectUntouched(laptop, () => killWhileHeld(gate, laptop, "answers"));
    await gate.release();
    await expectPeace(laptop, phone);
  });

  test("at any moment after the answer came has taken all of it or nothing, and the next one loses and doubles nothing", async () => {
    const { gate, laptop, phone } = await openUnsent();
    let unsent = 2;
    for (let delay = 0; delay < 12 && unsent > 0; delay += 1) {
      gate.hold("answers");
      const child = laptop.start(["sync"]);
      await gate.untilHeld();
      gate.hold("nothing");
      await gate.release();
      await Bun.sleep(delay);
      child.kill("SIGKILL");
      await finish(child);
      laptop.forgetLease();
      ({ unsent } = await laptop.status());
      const isThere = (await laptop.export()).includes('"Theirs"');
      expect([
        [0, true],
        [2, false],
      ]).toContainEqual([unsent, isThere]);
    }
    await expectPeace(laptop, phone);
  });
});

test("eight `todo sync` at once send what is unsent once: each is done, or says that another syncs", async () => {
  const { laptop, phone } = await openUnsent();
  const ends = await Promise.all(Array.from({ length: 8 }, () => laptop.todo("sync", "--json")));
  for (const { exitCode, err } of ends) {
    expect([exitCode, exitCode === 0 ? "" : JSON.parse(err).error.code]).toEqual(
      exitCode === 0 ? [0, ""] : [5, "locked"],
    );
  }
  const synced: { readonly sent: number; readonly received: number }[] = ends
    .filter(({ exitCode }) => exitCode === 0)
    .map(({ out }) => JSON.parse(out));
  expect(synced.reduce((sum, { sent }) => sum + sent, 0)).toBe(2);
  expect(synced.reduce((sum, { received }) => sum + received, 0)).toBe(1);
  await expectPeace(laptop, phone);
});

type Place = {
  readonly name: string;
  /** Characters that come, which are more than there is space for. */
  readonly size: number;
  /** A database on the laptop where there is little space: a sync there, and one when there is more. */
  readonly open: (home: Home) => {
    readonly fellow: Fellow;
    readonly sync: () => Promise<Ended>;
    readonly tidy: () => void;
  };
};

const LIMIT: Place = {
  name: "a limit on the size of files",
  size: 700_000,
  open: (home) => {
    const [command, ...args] = [...smallFiles, home.binary, "sync"];
    const fellow = createFellow(home);
    return { fellow, sync: () => fellow.run({ command, args }), tidy: () => undefined };
  },
};

const DISK: Place = {
  name: "a small disk",
  size: 100_000,
  open: (home) => {
    const folder = newSmallSpace();
    const fellow = createFellow(home, { TODO_DB: join(folder, "todo.db") });
    const filler = join(folder, "filler");
    const sync = async () => {
      writeFileSync(filler, Buffer.alloc(FILLER));
      return fellow.todo("sync");
    };
    return { fellow, sync, tidy: () => rmSync(filler) };
  },
};

describe("a disk that becomes full while a sync writes what came", () => {
  // Containers often may not mount anything.
  test.each(canMakeSmallSpaces() ? [LIMIT, DISK] : [LIMIT])(
    "by $name takes nothing from here, and the next sync brings all",
    async ({ size, open }) => {
      const { fellows } = await startFleet(newHome, 2, async ({ url }) => url);
      const phone = at(fellows, 1);
      const { fellow: laptop, sync, tidy } = open(at(fellows, 0).home);
      await laptop.print("add", "Mine");
      await laptop.print("sync", "--yes");
      const lines = Array.from({ length: size / 1000 }, (_, n) =>
        JSON.stringify({ title: `${n}`, description: "x".repeat(1000) }),
      );
      await phone.run({ args: ["import", "-"], input: lines.join("\n") });
      await phone.sync();
      await laptop.print("add", "Unsent");
      const [tasks, status] = [await laptop.export(), await laptop.status()];
      const { exitCode, out, err } = await sync();
      expect([exitCode, out]).toEqual([1, ""]);
      expect(err).toMatch(/^todo: [^\n]+: (the disk is full|the disk did not read or write)\n/);
      tidy();
      expect(await laptop.export()).toBe(tasks);
      expect(await laptop.status()).toEqual(status);
      expect(await laptop.print("doctor")).toEndWith(": sound\n");
      laptop.forgetLease();
      await syncUntilQuiet([laptop, phone]);
      expect(JSON.parse(await laptop.export())).toHaveLength(lines.length + 2);
      expect(await phone.export()).toBe(await laptop.export());
    },
  );
});
