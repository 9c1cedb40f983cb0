import { expect, test } from "bun:test";
import { mergeRegisters, type Registers } from "../../../src/domain/task/registers.ts";
import { countTrackedMinutes } from "../../../src/domain/task/time.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createTask } from "../../../src/services/tasks/add-tasks.ts";
import { startTasks, stopTasks } from "../../../src/services/tasks/start-tasks.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { openInMemory } from "../../support/server/api.ts";
import { newId, only } from "../../support/stores/test-user.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";
import { describeStartTasks } from "./start-tasks-contract.ts";

describeStartTasks(openInMemory);

test("a task that two devices stop apart from each other has the time of both", async () => {
  const [laptop, phone] = [openInMemory(), openInMemory()];
  const clock = { now: Date.parse("2026-11-20T09:00:00Z") };
  const open = (store: Store): Workspace => ({
    store,
    user: "ann",
    system: { ...SYSTEM, newId, now: () => clock.now },
  });
  const { task } = await createTask(open(laptop), { title: "Paint" });
  const find = (store: Store) => async () => store.get("ann", [task.id]);
  /** All that one device knows of the task goes to the other. */
  const send = async (from: Store, to: Store) => {
    const entries = await from.history("ann", { oldestFirst: true });
    const registers = entries.reduce<Registers>((merged, { after }) => mergeRegisters(merged, after), {});
    await to.merge("ann", [{ id: task.id, registers }]);
  };
  await startTasks(open(laptop), find(laptop));
  await send(laptop, phone);
  clock.now += 600_000;
  await stopTasks(open(phone), find(phone));
  clock.now += 300_000;
  await stopTasks(open(laptop), find(laptop));
  await send(phone, laptop);
  await send(laptop, phone);
  const [mine, theirs] = [only(await find(laptop)()), only(await find(phone)())];
  expect(mine.time).toEqual(theirs.time);
  expect(mine.time).toEqual({ [`2026-11:${await phone.node()}`]: 600, [`2026-11:${await laptop.node()}`]: 900 });
  expect([mine.startedAt, countTrackedMinutes(theirs)]).toEqual([null, 25]);
});
