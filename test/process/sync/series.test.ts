import { expect, test } from "bun:test";
import type { WireTask } from "../../../src/contract/task.ts";
import { useHomes } from "../../support/cli/home.ts";
import { startFleet, syncUntilQuiet } from "../../support/sync/fleet.ts";

const newHome = useHomes();

test("devices that complete the same occurrence apart from each other have it once, and the same next one", async () => {
  const { fellows } = await startFleet(newHome, 2, async ({ url }) => url);
  const [phone, laptop] = fellows;
  if (!phone || !laptop) throw new Error("two devices were expected");
  const { id }: WireTask = JSON.parse(await phone.print("add", "Water plants", "every:day", "--json"));
  await syncUntilQuiet(fellows);
  await Promise.all([phone.print("done", id), laptop.print("done", id), laptop.print("add", "Other")]);
  await syncUntilQuiet(fellows);
  const [one, other] = await Promise.all([phone.export(), laptop.export()]);
  expect(other).toBe(one);
  const tasks: WireTask[] = JSON.parse(one);
  const records = tasks.filter(({ series }) => series === id);
  expect(records).toMatchObject([{ title: "Water plants", completed: true }]);
  expect(tasks.find((task) => task.id === id)).toMatchObject({ completed: false });
  expect(tasks).toHaveLength(3);
});
