import { describe, expect, test } from "bun:test";
import type { Task } from "../../../src/domain/task/task.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createTask } from "../../../src/services/tasks/add-tasks.ts";
import { cancelTasks, completeTasks } from "../../../src/services/tasks/complete-tasks.ts";
import { deleteTasks } from "../../../src/services/tasks/delete-tasks.ts";
import { editTasks } from "../../../src/services/tasks/edit-tasks.ts";
import { undoLastChange } from "../../../src/services/tasks/history.ts";
import { findStarted, startTasks, stopTasks } from "../../../src/services/tasks/start-tasks.ts";
import type { Workspace } from "../../../src/services/workspace.ts";
import { refusalOf } from "../../support/errors.ts";
import { newId, only } from "../../support/stores/test-user.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

const MINUTE_MS = 60_000;

export function describeStartTasks(openStore: () => Store): void {
  async function setUp(alter: (store: Store) => Partial<Store> = () => ({})) {
    const store = openStore();
    const clock = { now: Date.parse("2026-11-20T09:00:00Z") };
    const system = { ...SYSTEM, newId, now: () => clock.now };
    const workspace: Workspace = { store: { ...store, ...alter(store) }, user: "ann", system };
    const { task } = await createTask(workspace, { title: "Pay rent" });
    const read = async (): Promise<Task> => only(await store.get("ann", [task.id]));
    const find = async () => [await read()];
    const work = async (minutes: number) => {
      await startTasks(workspace, find);
      clock.now += minutes * MINUTE_MS;
    };
    const seconds = async () => Object.values((await read()).time).reduce((sum, each) => sum + each, 0);
    const actions = async () => (await store.history("ann", {})).map(({ action }) => action);
    return { store, clock, workspace, read, find, work, seconds, actions };
  }

  describe("a started task", () => {
    test("is among those that are started until it stops, and its time is added up by this device", async () => {
      const { store, workspace, find, work, read, actions } = await setUp();
      await work(25);
      expect((await findStarted(workspace)).map(({ title }) => title)).toEqual(["Pay rent"]);
      await stopTasks(workspace, () => findStarted(workspace));
      expect(await findStarted(workspace)).toEqual([]);
      await work(5);
      await stopTasks(workspace, find);
      expect(await read()).toMatchObject({ startedAt: null, time: { [`2026-11:${await store.node()}`]: 1800 } });
      expect(await actions()).toEqual(["stop", "start", "stop", "start", "add"]);
    });

    test.each([
      ["completed", completeTasks, "complete"],
      ["cancelled", cancelTasks, "cancel"],
      ["deleted", deleteTasks, "delete"],
    ] as const)("stops when it is %s, which an undo takes back whole", async (_, change, action) => {
      const { workspace, find, work, read, seconds, actions } = await setUp();
      await work(25);
      const before = await read();
      await change(workspace, find);
      expect([(await read()).startedAt, await seconds()]).toEqual([null, 1500]);
      expect((await actions())[0]).toBe(action);
      await undoLastChange(workspace);
      expect(await read()).toEqual({ ...before, revision: expect.any(Number), updatedAt: expect.any(String) });
    });

    test("stops when an edit completes it, and starts and stops by an edit as well", async () => {
      const { workspace, clock, find, read, seconds, actions } = await setUp();
      await editTasks(workspace, find, { started: true });
      clock.now += MINUTE_MS;
      await editTasks(workspace, find, { started: false });
      await editTasks(workspace, find, { started: true });
      clock.now += MINUTE_MS;
      await editTasks(workspace, find, { completed: true });
      expect([(await read()).startedAt, await seconds()]).toEqual([null, 120]);
      expect(await actions()).toEqual(["complete", "start", "stop", "start", "add"]);
    });

    test("counts on from what another process has counted meanwhile", async () => {
      let meddle: (() => Promise<unknown>) | undefined;
      const { store, clock, workspace, find, work, seconds } = await setUp((plain) => ({
        commit: async (user, commit) => {
          const before = meddle;
          meddle = undefined;
          await before?.();
          return plain.commit(user, commit);
        },
      }));
      await work(10);
      meddle = async () => {
        await stopTasks({ ...workspace, store }, find);
        await startTasks({ ...workspace, store }, find);
        clock.now += 5 * MINUTE_MS;
      };
      await stopTasks(workspace, find);
      expect(await seconds()).toBe(900);
    });

    test("can be started again without a change, and not when it is completed", async () => {
      const { workspace, find, work, read } = await setUp();
      await work(1);
      const before = await read();
      expect(await startTasks(workspace, find)).toMatchObject({ changed: [], unchanged: [before] });
      await completeTasks(workspace, find);
      expect((await refusalOf(startTasks(workspace, find))).code).toBe("invalid_input");
      expect((await refusalOf(editTasks(workspace, find, { started: true }))).code).toBe("invalid_input");
      expect(await editTasks(workspace, find, { started: true, completed: false })).toMatchObject({
        changed: [{ completedAt: null, startedAt: "2026-11-20T09:01:00.000Z" }],
      });
    });
  });
}
