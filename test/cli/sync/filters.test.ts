import { expect, test } from "bun:test";
import { type Device, SITE, useOnline } from "../../support/cli/online.ts";
import { ALONE } from "../../support/sync/fleet.ts";

const goOnline = useOnline();

/** Two devices of one account. */
async function twoDevices() {
  const online = await goOnline();
  const laptop = await online.signUp(undefined, { env: ALONE });
  const phone = await online.logIn(undefined, { env: ALONE });
  const syncAll = async () => {
    for (const device of [laptop, phone, laptop]) {
      online.goOn(1000);
      await device.print("sync", "--yes");
    }
  };
  /** What both list, which is the same. */
  const list = async () => {
    const [one = "", other] = await Promise.all([laptop, phone].map((device) => device.print("filter")));
    expect(other).toBe(one);
    return one;
  };
  const ask = (method: string, path: string, filter?: string) =>
    online.api.ask(method, path, { as: tokenOf(laptop), ...(filter !== undefined && { json: { filter } }) });
  return { online, laptop, phone, syncAll, list, ask };
}

function tokenOf(device: Device): string {
  return device.credentials()[SITE]?.["token"] ?? "";
}

test("filters that two devices save are on both, and the server has them", async () => {
  const { laptop, phone, syncAll, list, ask } = await twoDevices();
  await laptop.print("filter", "save", "errands", "+shop");
  await phone.print("filter", "save", "Work", "project:Work");
  await syncAll();
  expect(await list()).toBe("errands  +shop\nWork     project:Work\n");
  expect((await ask("GET", "/api/filters")).body).toEqual([
    { name: "errands", filter: "+shop" },
    { name: "Work", filter: "project:Work" },
  ]);
  await ask("PUT", "/api/filters/errands", "+bakery");
  await syncAll();
  expect(await list()).toContain("errands  +bakery\n");
});

test("of a filter that two devices save apart from each other the later one holds, in whatever case", async () => {
  const { online, laptop, phone, syncAll, list } = await twoDevices();
  await laptop.print("filter", "save", "work", "+laptop");
  online.goOn(1000);
  await phone.print("filter", "save", "Work", "+phone");
  await syncAll();
  expect(await list()).toBe("Work  +phone\n");
  await laptop.print("filter", "rm", "WORK");
  await syncAll();
  expect(await list()).toBe("");
});

test("a filter that one device removes while another changes it is as the later of the two left it", async () => {
  const { online, laptop, phone, syncAll, list } = await twoDevices();
  await laptop.print("filter", "save", "a", "+old");
  await laptop.print("filter", "save", "b", "+old");
  await syncAll();
  await laptop.print("filter", "rm", "a");
  await laptop.print("filter", "save", "B", "+new");
  online.goOn(1000);
  await phone.print("filter", "save", "A", "+new");
  await phone.print("filter", "rm", "b");
  await syncAll();
  expect(await list()).toBe("A  +new\n");
});

test("a context is of the device that chose it, and stops its lists when its filter is removed elsewhere", async () => {
  const { laptop, phone, syncAll } = await twoDevices();
  await laptop.print("filter", "save", "work", "+work");
  await laptop.print("context", "work");
  await syncAll();
  expect((await phone.run("context")).err).toStartWith("There is no context.");
  await phone.print("filter", "rm", "work");
  await syncAll();
  const { code, err } = await laptop.run("list");
  expect([code, err]).toEqual([3, expect.stringContaining('the context "work" is no saved filter')]);
});

test("a filter that is saved starts a sync in the background", async () => {
  const laptop = await (await goOnline()).signUp();
  await laptop.print("sync");
  laptop.starts.length = 0;
  await laptop.print("filter", "save", "errands", "+shop");
  expect(laptop.starts).toHaveLength(1);
});
