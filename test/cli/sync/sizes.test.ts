import { expect, test } from "bun:test";
import { formatClock } from "../../../src/domain/task/clock.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { MAX_TASK_BYTES } from "../../../src/domain/task/size.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { type Device, type Online, SITE, useOnline } from "../../support/cli/online.ts";
import { only } from "../../support/stores/test-user.ts";
import { ALONE } from "../../support/sync/fleet.ts";
import { fillUp } from "../../support/tasks/sizes.ts";

const goOnline = useOnline();

/** Two devices of one account, with a task that both have. */
async function openShared() {
  const online = await goOnline();
  const laptop = await online.signUp(undefined, { env: ALONE });
  const phone = await online.logIn(undefined, { env: ALONE });
  const { id, handle } = await laptop.add("Milk");
  await laptop.print("sync", "--yes");
  await phone.print("sync");
  return { online, laptop, phone, id, handle };
}

function clockNow({ api }: Online): string {
  return formatClock(BigInt(api.clock.now) << 16n, "a1b2c3d4");
}

/** Brings fields of a later version, as whoever the device is logged in as. */
async function bring(online: Online, device: Device, change: { readonly id: string; readonly prefix: string }) {
  const registers = stampFields(fillUp(MAX_TASK_BYTES - 1000, {}, change.prefix), clockNow(online));
  const token = device.credentials()[SITE]?.["token"] ?? "";
  const json = { protocol: 1, replica: "script", changes: [{ id: change.id, registers }] };
  return (await online.api.ask("POST", "/api/sync", { as: token, json })).body;
}

test("a task that a token fills request by request stays one that every device of its owner can read, edit and delete", async () => {
  const { online, laptop, phone, id, handle } = await openShared();
  const answers = [];
  for (const prefix of ["a", "b", "c", "d"]) answers.push(await bring(online, phone, { id, prefix }));
  expect(answers.map(({ accepted, rejected }) => [accepted, rejected.length])).toEqual([
    [1, 0],
    ...Array.from({ length: 3 }, () => [0, 1]),
  ]);
  online.goOn(1000);
  await laptop.print("sync");
  await laptop.print("edit", handle, "--title", "Oat milk");
  await laptop.print("sync");
  await phone.print("sync");
  expect(only(await phone.tasks()).title).toBe("Oat milk");
  online.goOn(1000);
  await phone.print("rm", handle);
  await phone.print("sync");
  await laptop.print("sync");
  expect(only(await laptop.tasks()).deletedAt).not.toBeNull();
});

test("a task that is larger than any page since before tasks had limits reaches all devices, and its edits come back", async () => {
  const { online, laptop, phone, id, handle } = await openShared();
  const { body } = await online.api.ask("GET", "/api/me", { as: phone.credentials()[SITE]?.["token"] ?? "" });
  // Of what is added nobody asks how large it is.
  const commit = { action: "add", now: online.api.clock.now, edits: [{ id, fields: fillUp(1_200_000, {}) }] } as const;
  await online.api.store.commit(body.id, commit);
  online.goOn(1000);
  await laptop.print("sync");
  await laptop.print("edit", handle, "--title", "Oat milk");
  await laptop.print("sync");
  await phone.print("sync");
  expect(only(await phone.tasks()).title).toBe("Oat milk");
  expect(JSON.parse(await phone.print("sync", "--status", "--json"))).toMatchObject({ unsent: 0, rejected: [] });
});

test("what does not fit into its task on the server is named, holds up nothing else, and the task can still be deleted", async () => {
  const { online, laptop, phone, id, handle } = await openShared();
  online.goOn(1000);
  await laptop.print("edit", handle, "+mine");
  await laptop.store().commit(LOCAL_USER, {
    action: "edit",
    now: online.api.clock.now,
    edits: [{ id, fields: fillUp(MAX_TASK_BYTES - 1000, {}, "mine") }],
  });
  await bring(online, phone, { id, prefix: "theirs" });
  const status = async () => JSON.parse(await laptop.print("sync", "--status", "--json"));
  await laptop.print("add", "Bread");
  await laptop.print("sync");
  const { rejected } = await status();
  expect(rejected).toMatchObject([{ id, message: expect.stringContaining("524288 bytes") }]);
  await laptop.print("sync");
  expect(await status()).toEqual({ ...(await status()), unsent: 0, rejected });
  online.goOn(1000);
  await laptop.print("rm", handle);
  await laptop.print("sync");
  await phone.print("sync");
  expect((await phone.tasks()).map(({ title, deletedAt }) => [title, deletedAt === null])).toEqual([
    ["Milk", false],
    ["Bread", true],
  ]);
});
