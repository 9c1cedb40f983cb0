import { expect, test } from "bun:test";
import { type Device, SITE, useOnline } from "../../support/cli/online.ts";
import { ALONE } from "../../support/sync/fleet.ts";

const goOnline = useOnline();

/** Two devices of one account, with the same tasks. */
async function twoDevices(...titles: readonly string[]) {
  const online = await goOnline();
  const laptop = await online.signUp(undefined, { env: ALONE });
  const phone = await online.logIn(undefined, { env: ALONE });
  for (const title of titles) await laptop.add(title);
  const syncAll = async () => {
    for (const device of [laptop, phone, laptop]) {
      online.goOn(1000);
      await device.print("sync", "--yes");
    }
  };
  await syncAll();
  const named = async (title: string) => {
    const task = (await laptop.tasks()).find((each) => each.title === title);
    if (!task) throw new Error(`no task ${title}`);
    return task;
  };
  return { online, laptop, phone, syncAll, named };
}

test("moves of two devices that make a ring leave the same tree on both, and no task is lost", async () => {
  const { online, laptop, phone, syncAll, named } = await twoDevices("House", "Van", "Garden");
  const [house, van] = [await named("House"), await named("Van")];
  await laptop.print("move", house.handle, "--under", van.handle);
  online.goOn(1000);
  await phone.print("move", van.handle, "--under", house.handle);
  await syncAll();
  const trees = await Promise.all([laptop, phone].map((device) => device.print("tree")));
  expect(trees[1]).toBe(trees[0] ?? "");
  // The older of the two moves holds.
  expect(trees[0]).toMatch(/^\w+ {2}Van +0 of 1\n└─ \w+ {2}House\n\w+ {2}Garden\n$/);
  const others = await online.api.ask("GET", `/api/tasks/${van.id}?include=subtasks`, { as: tokenOf(laptop) });
  expect(others.body).toMatchObject({ parent: house.id, subtasks: { completed: 0, total: 1 } });
});

test("a subtask that another device adds below a deleted tree comes to the root", async () => {
  const { laptop, phone, syncAll, named } = await twoDevices("House", "Garden");
  const { handle } = await named("House");
  await laptop.print("add", "Van", `parent:${handle}`);
  await phone.print("add", "Kitchen", `parent:${handle}`);
  await laptop.print("rm", handle, "--tree");
  await syncAll();
  const trees = await Promise.all([laptop, phone].map((device) => device.print("tree")));
  expect(trees[1]).toBe(trees[0] ?? "");
  expect(trees[0]).toMatch(/^\w+ {2}Garden\n\w+ {2}Kitchen\n$/);
});

test("two devices that put tasks into one place agree on an order, and a third task fits between them", async () => {
  const { online, laptop, phone, syncAll, named } = await twoDevices("a", "b", "c", "d");
  const [c, d] = [await named("c"), await named("d")];
  await laptop.print("move", c.handle, "--first");
  online.goOn(1000);
  await phone.print("move", d.handle, "--first");
  await syncAll();
  expect((await named("c")).rank).toBe((await named("d")).rank);
  const order = async (device: Device) =>
    [...(await device.print("tree")).matchAll(/([abcd])\n/g)].map(([, title]) => title);
  expect(await order(laptop)).toEqual(["c", "d", "a", "b"]);
  expect(await order(phone)).toEqual(await order(laptop));
  await phone.print("move", (await named("b")).handle, "--after", c.handle);
  await syncAll();
  expect(await order(laptop)).toEqual(["c", "b", "d", "a"]);
  expect(await order(phone)).toEqual(await order(laptop));
});

function tokenOf(device: Device): string {
  return device.credentials()[SITE]?.["token"] ?? "";
}
