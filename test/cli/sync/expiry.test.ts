import { describe, expect, test } from "bun:test";
import type { WireTask } from "../../../src/contract/task.ts";
import { only } from "../../support/stores/test-user.ts";
import { type Device, useOnline } from "../../support/cli/online.ts";
import { ALONE } from "../../support/sync/fleet.ts";

const goOnline = useOnline();

const DAY = 86_400_000;
/** Days for which a server keeps what was deleted. */
const KEPT = 180;

const exportAll = (device: Device) => device.print("export", "--deleted");

async function titlesOf(device: Device): Promise<string[]> {
  const tasks: WireTask[] = JSON.parse(await exportAll(device));
  return tasks.map(({ title }) => title).toSorted();
}

/**
 * A laptop that was offline for 200 days, in which a phone deleted two of its tasks, and the server has removed them for good. One of
 * them was edited on the laptop, which has a new task and an edit of one that is still there.
 */
async function returnAfterLong() {
  const online = await goOnline();
  const now = Date.now();
  online.api.clock.now = now;
  const laptop = await online.signUp(undefined, { env: ALONE, now: now - 201 * DAY });
  const phone = await online.logIn(undefined, { env: ALONE, now: now - 200 * DAY });
  const [kept, clean, dirty] = [await laptop.add("Kept"), await laptop.add("Clean"), await laptop.add("Dirty")];
  for (const device of [laptop, phone]) await device.print("sync", "--yes");
  await phone.print("rm", "--yes", clean.handle, dirty.handle);
  await phone.print("sync");
  laptop.setup.now += DAY;
  await laptop.print("edit", dirty.handle, "--description", "edited");
  await laptop.print("edit", kept.handle, "+tag");
  await laptop.print("add", "New");
  for (const device of [laptop, phone]) device.setup.now = now;
  const { user = "" } = Object.values(laptop.credentials())[0] ?? {};
  expect(await online.api.sync.purge(user, now - KEPT * DAY)).toBe(2);
  return { online, laptop, phone, dirty };
}

async function readRejected(device: Device): Promise<readonly { readonly id: string }[]> {
  return JSON.parse(await device.print("sync", "--status", "--json")).rejected;
}

describe("a device that was offline for longer than deletions are kept", () => {
  test("drops what was deleted elsewhere, brings what is new and edited, and asks about what is both", async () => {
    const { laptop, phone, dirty } = await returnAfterLong();
    await laptop.print("sync");
    expect(await titlesOf(laptop)).toEqual(["Dirty", "Kept", "New"]);
    expect(only(await readRejected(laptop)).id).toBe(dirty.id);
    await phone.print("sync");
    // What only the server removed is still on the phone, as deleted.
    expect(await titlesOf(phone)).toEqual(["Clean", "Dirty", "Kept", "New"]);
    expect(JSON.parse(await phone.print("export"))).toMatchObject([{ title: "Kept", tags: ["tag"] }, { title: "New" }]);
    // The log keeps what was dropped.
    expect(await laptop.print("log")).toContain("Clean");
  });

  test("keeps what is both once it is edited again, and the server has it as a whole", async () => {
    const { online, laptop, dirty } = await returnAfterLong();
    await laptop.print("sync");
    await laptop.print("edit", dirty.handle, "--title", "Dirty but wanted");
    await laptop.print("sync");
    expect(await readRejected(laptop)).toEqual([]);
    const tablet = await online.logIn(undefined, { env: ALONE });
    await tablet.print("sync");
    expect(await exportAll(tablet)).toBe(await exportAll(laptop));
    expect(JSON.parse(await tablet.print("export"))).toContainEqual(
      expect.objectContaining({ title: "Dirty but wanted", description: "edited", created_at: dirty.createdAt }),
    );
  });

  test("may be cut off at every request, and ends with the same", async () => {
    const { online, laptop, phone, dirty } = await returnAfterLong();
    for (const isAnswered of [false, true, false, true]) {
      let left = isAnswered ? 1 : 0;
      online.state.network = async (asked, pass) => {
        if (!asked.path.startsWith("/api/sync")) return pass();
        left -= 1;
        if (left >= 0) return pass();
        await pass();
        throw new Error("the line was cut");
      };
      expect((await laptop.run("sync")).code).toBe(6);
    }
    online.state.network = (_, pass) => pass();
    await laptop.print("sync");
    expect(await titlesOf(laptop)).toEqual(["Dirty", "Kept", "New"]);
    expect(only(await readRejected(laptop)).id).toBe(dirty.id);
    await phone.print("sync");
    expect(await phone.print("list")).toContain("New");
  });
});
