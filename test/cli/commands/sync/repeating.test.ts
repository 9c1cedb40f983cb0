import { expect, test } from "bun:test";
import { type Device, useOnline } from "../../../support/cli/online.ts";

const goOnline = useOnline();

/** A laptop and a phone with a task that is due on the 16th of each month, and now for 16 November. */
async function setUp() {
  const online = await goOnline();
  const laptop = await online.signUp();
  const { id, handle } = JSON.parse(await laptop.print("add", "Pay rent", "every:16th", "due:2026-11-16", "--json"));
  await laptop.print("sync");
  const phone = await online.logIn();
  await phone.print("sync");
  return { online, laptop, phone, id: String(id), rent: String(handle) };
}

async function meet(...devices: readonly Device[]): Promise<void> {
  for (const device of [...devices, ...devices]) await device.print("sync");
}

/** Each kept task as its occurrence, its due date and its state. */
async function see(device: Device): Promise<readonly string[]> {
  const tasks = JSON.parse(await device.print("export"));
  const lines = tasks.map(({ occurrence, series, due_date: due, completed, skipped }: Record<string, unknown>) =>
    [series === null ? "series" : "record", occurrence, due, completed ? (skipped ? "skipped" : "done") : "open"].join(
      " ",
    ),
  );
  return lines.toSorted();
}

test("two devices that complete the same occurrence apart, one early and one late, complete it once", async () => {
  const { laptop, phone, rent } = await setUp();
  phone.setup.now = Date.parse("2027-02-20T09:00:00Z");
  await laptop.print("done", rent);
  await phone.print("done", rent);
  phone.setup.now = laptop.setup.now;
  await meet(laptop, phone);
  const seen = await see(laptop);
  expect(await see(phone)).toEqual([...seen]);
  expect(seen.filter((line) => line.startsWith("record"))).toEqual(["record 2026-11-16 2026-11-16 done"]);
  expect(seen.filter((line) => line.startsWith("series"))).toHaveLength(1);
  expect(seen.at(-1)).toEndWith(" open");
});

test("a skip on one device and a completion on another become one record, and both go on alike", async () => {
  const { laptop, phone, rent } = await setUp();
  await laptop.print("skip", rent);
  phone.setup.now += 60_000;
  await phone.print("done", rent);
  await meet(laptop, phone);
  expect(await see(laptop)).toEqual(["record 2026-11-16 2026-11-16 done", "series 2026-12-16 2026-12-16 open"]);
  expect(await see(phone)).toEqual(await see(laptop));
});

test("what a version that knows no series completes becomes one occurrence", async () => {
  const { laptop, phone, id, rent } = await setUp();
  const completedAt = new Date(phone.setup.now).toISOString();
  await phone.store().commit("local", {
    action: "complete",
    now: phone.setup.now,
    edits: [{ id, fields: { completed_at: completedAt } }],
  });
  await meet(phone, laptop);
  expect(await see(laptop)).toEqual(["record 2026-11-16 2026-11-16 done", "series 2026-12-16 2026-12-16 open"]);
  expect(await see(phone)).toEqual(await see(laptop));
  // It can be done again as ever, and taken back.
  await laptop.print("done", rent);
  await laptop.print("undo");
  await meet(laptop, phone);
  expect(await see(phone)).toEqual(["record 2026-11-16 2026-11-16 done", "series 2026-12-16 2026-12-16 open"]);
});

test("a completion that was synced is taken back everywhere by one undo", async () => {
  const { laptop, phone, rent } = await setUp();
  await laptop.print("done", rent);
  await meet(laptop, phone);
  await laptop.print("undo");
  await meet(laptop, phone);
  for (const device of [laptop, phone]) expect(await see(device)).toEqual(["series 2026-11-16 2026-11-16 open"]);
});
