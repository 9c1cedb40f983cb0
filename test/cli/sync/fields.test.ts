import { expect, test } from "bun:test";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { formatClock } from "../../../src/domain/task/clock.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { only } from "../../support/stores/test-user.ts";
import { type Device, type Online, SITE, useOnline } from "../../support/cli/online.ts";
import { ALONE } from "../../support/sync/fleet.ts";

const goOnline = useOnline();

const exportAll = (device: Device) => device.print("export", "--deleted");

/** Exchanges as a program of another version does, as whoever the device is logged in as. */
async function exchange(online: Online, device: Device, changes: readonly unknown[] = []) {
  const token = device.credentials()[SITE]?.["token"] ?? "";
  const { status, body } = await online.api.ask("POST", "/api/sync", {
    as: token,
    json: { protocol: 1, replica: "newer", changes },
  });
  expect(status).toBe(200);
  return body;
}

const openFile = (device: Device) => device.io.openStore(":memory:");

/** All tasks of a device as they travel. */
async function readAll(device: Device) {
  const { sync } = await openFile(device);
  return (await sync.exchange(LOCAL_USER, { arrivals: [], after: 0, limit: 99, now: 0 })).tasks;
}

async function syncAll(...devices: readonly Device[]): Promise<void> {
  for (const device of [...devices, ...devices]) await device.print("sync", "--yes");
}

test("a field that only a newer version knows outlives what older ones do to its task, on the server and on all devices", async () => {
  const online = await goOnline();
  const [laptop, phone] = [
    await online.signUp(undefined, { env: ALONE }),
    await online.logIn(undefined, { env: ALONE }),
  ];
  const clock = formatClock(BigInt(online.api.clock.now) << 16n, "a1b2c3d4");
  const registers = stampFields({ title: "Milk", estimate: 3.5, "later:é": "\u202emore", rank: null }, clock);
  const id = "019a9f3c-51c8-7000-a1b2-000000000001";
  expect(await exchange(online, phone, [{ id, registers }])).toMatchObject({ accepted: 1, rejected: [] });
  online.goOn(1000);
  await laptop.print("sync");
  const { handle } = only(await laptop.tasks());
  const { title, ...unknown } = registers;
  const work = [
    ["edit", handle, "--title", "Oat milk", "+shop"],
    ["done", handle],
    ["rm", handle],
    ["undo"],
    ["rm", handle],
    ["restore", handle],
  ];
  for (const args of work) {
    online.goOn(1000);
    await laptop.print(...args);
    await laptop.print("sync");
  }
  // As after a restore of the server, all of it is sent again.
  await (await openFile(laptop)).openReplica(LOCAL_USER).restart();
  await syncAll(laptop, phone);
  const [task] = (await exchange(online, phone)).changes;
  expect(task.registers).toMatchObject(unknown);
  expect(task.registers.title).not.toBe(title);
  for (const device of [laptop, phone]) {
    expect(only(await readAll(device)).registers).toEqual(task.registers);
  }
  expect(await exportAll(phone)).toBe(await exportAll(laptop));
  expect(JSON.parse(await exportAll(phone))).toMatchObject([{ title: "Oat milk", completed: true, tags: ["shop"] }]);
});

test("devices that both completed, tagged and renamed a task agree: both tags, and of each field the later edit", async () => {
  const online = await goOnline();
  const [laptop, phone] = [
    await online.signUp(undefined, { env: ALONE }),
    await online.logIn(undefined, { env: ALONE }),
  ];
  const { handle } = await laptop.add("Milk", "+old");
  await syncAll(laptop, phone);
  online.goOn(1000);
  await laptop.print("done", handle);
  await laptop.print("edit", handle, "--title", "By the laptop", "+one", "--untag", "old");
  online.goOn(1000);
  await phone.print("edit", handle, "--title", "By the phone", "+two", "priority:high");
  await phone.print("done", handle);
  online.goOn(1000);
  await laptop.print("edit", handle, "--title", "By the laptop again");
  await syncAll(laptop, phone);
  const text = await exportAll(laptop);
  expect(await exportAll(phone)).toBe(text);
  expect(JSON.parse(text)).toMatchObject([
    { title: "By the laptop again", completed: true, tags: ["one", "two"], priority: "high" },
  ]);
  // The log says on both what the other did.
  for (const device of [laptop, phone]) expect(await device.print("log", handle)).toContain(" sync ");
  await laptop.print("reopen", handle);
  await syncAll(laptop, phone);
  expect(JSON.parse(await exportAll(phone))).toMatchObject([{ completed: false, completed_at: null }]);
});

/** What people and programs call their tasks, and every database must bring through unchanged. */
const TEXTS = [
  "__proto__",
  "constructor",
  "\u202eevil\u2066",
  "e\u0301 is é",
  "🦊👩‍👩‍👧",
  "\uffff\u{10ffff}",
  "' or 1=1 --",
  "\u0001\u001b[31m",
  "{}",
  "null",
  "x".repeat(500),
];

const TAGS = ["__proto__", "constructor", "Ä", "👩‍👩‍👧", "42", "it's"];

test("texts of any kind are the same on another device, as titles, descriptions, projects and tags", async () => {
  const online = await goOnline();
  const [laptop, phone] = [
    await online.signUp(undefined, { env: ALONE }),
    await online.logIn(undefined, { env: ALONE }),
  ];
  const records = TEXTS.map((text) => ({ title: text, description: `${text}\n`.repeat(9), tags: TAGS }));
  laptop.setup.stdin = JSON.stringify(records);
  await laptop.print("import", "-");
  const text = await exportAll(laptop);
  await syncAll(laptop, phone);
  expect(await exportAll(phone)).toBe(text);
  expect(await laptop.print("sync", "--status", "--json")).toContain('"unsent":0,"rejected":[]');
});

test.each([
  ["NUL in it", "a\0b"],
  ["half of a character", "\ud800"],
  ["too many characters", "x".repeat(501)],
  ["nothing in it", ""],
])("a title with %s is refused before it is anywhere, so that no sync stops at it", async (_, title) => {
  const online = await goOnline();
  const laptop = await online.signUp(undefined, { env: ALONE });
  await laptop.print("sync");
  expect((await laptop.run("add", "--", title)).code).toBe(2);
  laptop.setup.stdin = JSON.stringify([{ title }]);
  expect((await laptop.run("import", "-")).code).toBe(2);
  expect(await laptop.print("sync")).toBe("Up to date with todo.example.com\n");
});
