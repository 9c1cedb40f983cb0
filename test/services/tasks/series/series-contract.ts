import { describe, expect, test } from "bun:test";
import { recordIdOf } from "../../../../src/domain/recurrence/record-id.ts";
import type { Task } from "../../../../src/domain/task/task.ts";
import { completeTasks } from "../../../../src/services/tasks/complete-tasks.ts";
import { editTasks } from "../../../../src/services/tasks/edit-tasks.ts";
import type { Store } from "../../../../src/ports/store.ts";
import { cancelTasks, reopenTasks } from "../../../../src/services/tasks/complete-tasks.ts";
import { refusalOf } from "../../../support/errors.ts";
import { at, only } from "../../../support/stores/test-user.ts";
import { createSeriesUser, type SeriesUser } from "./series-user.ts";

/** What every commit writes anew. */
function withoutTimes({ revision: _revision, updatedAt: _updatedAt, ...task }: Task) {
  return task;
}

export function describeSeries(openStore: () => Store): void {
  /** On 16 November, rent is due on the 16th of each month. */
  async function setUp(every = "16th", draft: Parameters<SeriesUser["add"]>[1] = {}) {
    const user = createSeriesUser(openStore());
    const rent = await user.add("Pay rent", { every, priority: "high", tags: ["home"], ...draft });
    const where = async () => {
      const { occurrence, dueDate, completedAt } = await user.get("Pay rent");
      return [occurrence, dueDate, completedAt === null ? "open" : "done"];
    };
    return { ...user, rent, where };
  }

  describe("a task that repeats", () => {
    test("goes on to the next occurrence when it is completed, and keeps a record", async () => {
      const { rent, complete, where, records, record } = await setUp();
      const { changed, occurrences } = await complete("Pay rent");
      expect(changed.map(({ id, dueDate }) => [id, dueDate])).toEqual([[rent.id, "2026-12-16"]]);
      expect(occurrences?.get(rent.id)).toEqual({
        occurrence: "2026-11-16",
        dueDate: "2026-11-16",
        missed: [],
        recordId: recordIdOf(rent.id, "2026-11-16"),
        record: await record("2026-11-16"),
      });
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 done"]);
      expect(await record("2026-11-16")).toMatchObject({
        title: "Pay rent",
        priority: "high",
        tags: ["home"],
        series: rent.id,
        dueDate: "2026-11-16",
        recurrence: null,
      });
    });

    test("names what was missed when it is completed late", async () => {
      const { rent, complete, where, records, setDay } = await setUp();
      setDay("2027-02-20");
      const { occurrences } = await complete("Pay rent");
      expect(occurrences?.get(rent.id)?.missed).toEqual(["2026-12-16", "2027-01-16", "2027-02-16"]);
      expect(await where()).toEqual(["2027-03-16", "2027-03-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 done"]);
    });

    test("keeps what was missed if it is to", async () => {
      const { rent, complete, where, setDay } = await setUp("16th keeping missed");
      setDay("2027-02-20");
      expect((await complete("Pay rent")).occurrences?.get(rent.id)?.missed).toEqual([]);
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
    });

    test("is counted from the day of completion if it is to", async () => {
      const { complete, where, setDay } = await setUp("!3 months");
      setDay("2026-11-30");
      await complete("Pay rent");
      expect(await where()).toEqual(["2027-02-28", "2027-02-28", "open"]);
    });

    test("is completed one period ahead, and further only if the occurrence is named", async () => {
      const { rent, complete, where, records } = await setUp();
      await complete("Pay rent");
      await complete("Pay rent");
      expect(await where()).toEqual(["2027-01-16", "2027-01-16", "open"]);
      const { code, hints } = await refusalOf(complete("Pay rent"));
      expect([code, hints]).toEqual([
        "invalid_input",
        [`If you mean it: todo done ${rent.handle} --occurrence 2027-01-16`],
      ]);
      await complete("Pay rent", { occurrence: "2027-01-16" });
      expect(await where()).toEqual(["2027-02-16", "2027-02-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 done", "2026-12-16 done", "2027-01-16 done"]);
    });

    test("stays where it is when a later occurrence is done, and passes over that one when it comes", async () => {
      const { complete, where, records } = await setUp();
      await complete("Pay rent", { occurrence: "2026-12-16" });
      expect(await where()).toEqual(["2026-11-16", "2026-11-16", "open"]);
      await complete("Pay rent");
      expect(await where()).toEqual(["2027-01-16", "2027-01-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 done", "2026-12-16 done"]);
    });

    test("is not done twice for an occurrence that is named twice", async () => {
      const { store, workspace, rent, complete, where } = await setUp();
      await complete("Pay rent", { occurrence: "2026-11-16" });
      const before = await store.history(workspace.user, {});
      const { changed, unchanged, occurrences } = await complete("Pay rent", { occurrence: "2026-11-16" });
      expect([changed, unchanged.map(({ id }) => id)]).toEqual([[], [rent.id]]);
      expect(occurrences?.get(rent.id)?.occurrence).toBe("2026-11-16");
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
      expect(await store.history(workspace.user, {})).toEqual(before);
    });

    test("is done for good with its last occurrence, and comes back with it", async () => {
      const { rent, complete, reopen, where, records } = await setUp("16th for 2 times");
      await complete("Pay rent");
      await complete("Pay rent");
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "done"]);
      expect(await records()).toEqual(["2026-11-16 done", "2026-12-16 done"]);
      await reopen(rent);
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 done"]);
    });

    test("ends for good only if that is said", async () => {
      const { complete, get, records } = await setUp();
      await complete("Pay rent", { forever: true });
      expect(await get("Pay rent")).toMatchObject({ recurrence: null, dueDate: "2026-11-16" });
      expect((await get("Pay rent")).completedAt).not.toBeNull();
      expect(await records()).toEqual([]);
    });

    test("passes over an occurrence that is skipped, however far ahead", async () => {
      const { skip, where, records } = await setUp();
      for (let times = 0; times < 3; times += 1) await skip("Pay rent");
      expect(await where()).toEqual(["2027-02-16", "2027-02-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 skipped", "2026-12-16 skipped", "2027-01-16 skipped"]);
    });

    test("goes on when one occurrence is cancelled, however that is said", async () => {
      const { cancel, edit, records, where } = await setUp();
      await cancel("Pay rent");
      await edit("Pay rent", { cancelled: true });
      expect(await records()).toEqual(["2026-11-16 cancelled", "2026-12-16 cancelled"]);
      expect(await where()).toEqual(["2027-01-16", "2027-01-16", "open"]);
    });

    test("lets an occurrence go as a task of its own, which can be done like any other", async () => {
      const { complete, detach, record, records, where, store, workspace } = await setUp();
      await detach("Pay rent");
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 open"]);
      await store.commit(workspace.user, {
        action: "edit",
        now: workspace.system.now(),
        edits: [{ id: (await record("2026-11-16")).id, fields: { title: "Pay rent in cash" } }],
      });
      // Its occurrence is known to the series still.
      await complete("Pay rent", { occurrence: "2026-11-16" });
      expect(await records()).toEqual(["2026-11-16 done"]);
      expect((await record("2026-11-16")).title).toBe("Pay rent in cash");
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
    });

    test("opens an occurrence as a task of its own when its record is reopened", async () => {
      const { skip, record, reopen, records, where } = await setUp();
      await skip("Pay rent");
      await reopen(await record("2026-11-16"));
      expect(await records()).toEqual(["2026-11-16 open"]);
      expect(await record("2026-11-16")).toMatchObject({ skipped: false });
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
    });

    test("is not reopened over a last occurrence that became a task of its own", async () => {
      const { detach, edit, reopen, remove, record, records, get, where } = await setUp("16th for 1 times");
      await detach("Pay rent");
      const task = await get("Pay rent");
      for (const act of [() => reopen(task), () => edit("Pay rent", { completed: false })]) {
        const { code, message } = await refusalOf(act());
        expect([code, message]).toEqual(["invalid_input", expect.stringContaining("is a task of its own")]);
      }
      expect(await records()).toEqual(["2026-11-16 open"]);
      await remove(await record("2026-11-16"));
      await reopen(await get("Pay rent"));
      expect(await where()).toEqual(["2026-11-16", "2026-11-16", "open"]);
    });

    test("keeps of an occurrence that is closed twice what was said last", async () => {
      const { skip, complete, cancel, records } = await setUp();
      const occurrence = "2026-11-16";
      await skip("Pay rent");
      await complete("Pay rent", { occurrence });
      expect(await records()).toEqual([`${occurrence} done`]);
      await cancel("Pay rent", { occurrence });
      expect(await records()).toEqual([`${occurrence} cancelled`]);
      await complete("Pay rent", { occurrence });
      expect(await records()).toEqual([`${occurrence} done`]);
      // What was done can't be passed over any more.
      expect((await skip("Pay rent", occurrence)).changed).toEqual([]);
      expect(await records()).toEqual([`${occurrence} done`]);
    });

    test("counts an occurrence as done whose record is completed after a skip", async () => {
      const { skip, record, records, finish } = await setUp();
      await skip("Pay rent");
      expect((await finish(await record("2026-11-16"))).changed).toHaveLength(1);
      expect(await records()).toEqual(["2026-11-16 done"]);
    });

    test("is open again, and its last occurrence too, however its reopening is said", async () => {
      const { complete, edit, records, where } = await setUp("16th for 1 times");
      await complete("Pay rent");
      await edit("Pay rent", { completed: false });
      expect(await where()).toEqual(["2026-11-16", "2026-11-16", "open"]);
      expect(await records()).toEqual([]);
    });

    test("offers an occurrence again whose record was deleted", async () => {
      const { complete, record, remove, where } = await setUp();
      await complete("Pay rent", { occurrence: "2026-12-16" });
      await remove(await record("2026-12-16"));
      await complete("Pay rent");
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
    });

    test("goes on when the record of its current occurrence is restored, and is back with an undo", async () => {
      const { complete, record, remove, restore, undo, where, records } = await setUp();
      await complete("Pay rent", { occurrence: "2026-12-16" });
      await remove(await record("2026-12-16"));
      await complete("Pay rent");
      await restore(await record("2026-12-16"));
      expect(await where()).toEqual(["2027-01-16", "2027-01-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 done", "2026-12-16 done"]);
      await undo();
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 done"]);
    });

    test("puts off one occurrence, and the next one comes on its day", async () => {
      const { complete, edit, record, where } = await setUp();
      await edit("Pay rent", { dueDate: "2026-11-20" });
      expect(await where()).toEqual(["2026-11-16", "2026-11-20", "open"]);
      await complete("Pay rent");
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
      expect((await record("2026-11-16")).dueDate).toBe("2026-11-20");
    });

    test("says with a put-off which occurrence it is for, so that both stand or fall together in a merge", async () => {
      const { edit, store, workspace } = await setUp();
      await edit("Pay rent", { dueDate: "2026-11-20" });
      const [entry] = await store.history(workspace.user, { limit: 1 });
      expect(Object.keys(entry?.after ?? {}).toSorted()).toEqual(["due_date", "occurrence"]);
    });

    test("is decided about again if it was changed meanwhile", async () => {
      const { rent, workspace, record, store, edit } = await setUp();
      let isFirst = true;
      const commit: Store["commit"] = async (user, each) => {
        if (isFirst) {
          isFirst = false;
          await edit("Pay rent", { priority: "low", dueDate: "2026-11-18" });
        }
        return store.commit(user, each);
      };
      const beside = { ...workspace, store: { ...store, commit } };
      await completeTasks(beside, async () => store.get(workspace.user, [rent.id]));
      expect(await record("2026-11-16")).toMatchObject({ priority: "low", dueDate: "2026-11-18" });
    });

    test("stops the time of an occurrence that is done", async () => {
      const { edit, complete, get, clock } = await setUp();
      await edit("Pay rent", { started: true });
      clock.now += 10 * 60_000;
      await complete("Pay rent");
      const { startedAt, time } = await get("Pay rent");
      expect([startedAt, Object.values(time).map((seconds) => Math.floor(seconds / 60))]).toEqual([null, [10]]);
    });

    test("stays started when another occurrence than the current one is done", async () => {
      const { complete, edit, get } = await setUp();
      await edit("Pay rent", { started: true });
      await complete("Pay rent", { occurrence: "2026-12-16" });
      expect((await get("Pay rent")).startedAt).not.toBeNull();
    });

    test("moves the dates that go with it along", async () => {
      const user = createSeriesUser(openStore());
      const waitShift = [{ count: -3, unit: "days" }] as const;
      await user.add("Report", { every: "16th", waitShift, scheduledDate: "2026-11-15" });
      expect(await user.get("Report")).toMatchObject({ waitUntil: "2026-11-13", scheduledDate: "2026-11-15" });
      await user.complete("Report");
      expect(await user.get("Report")).toMatchObject({ waitUntil: "2026-12-13", scheduledDate: "2026-12-15" });
    });

    test("keeps its local time over the change of the clocks", async () => {
      const user = createSeriesUser(openStore());
      user.setDay("2027-03-26");
      await user.add("Stand-up", { every: "day at 9:00", dueDate: "2027-03-27" });
      const dates: (string | null)[] = [];
      for (const day of ["2027-03-27", "2027-03-28"]) {
        dates.push((await user.get("Stand-up")).dueDate);
        user.setDay(day);
        await user.complete("Stand-up");
      }
      expect(dates).toEqual(["2027-03-27T08:00:00Z", "2027-03-28T07:00:00Z"]);
      expect(await user.records()).toEqual(["2027-03-27T09:00 done", "2027-03-28T09:00 done"]);
      // A device elsewhere keeps the zone of the series.
      user.clock.zone = "America/New_York";
      user.setDay("2027-03-29");
      await user.complete("Stand-up");
      expect(await user.get("Stand-up")).toMatchObject({
        recurrence: "due 2027-03-27T09:00[Europe/Berlin] FREQ=DAILY",
        dueDate: "2027-03-30T07:00:00Z",
      });
    });

    test("gets another rule from its due date on", async () => {
      const { edit, where, get } = await setUp();
      await edit("Pay rent", { every: "2 weeks on thu" });
      expect(await where()).toEqual(["2026-11-19", "2026-11-19", "open"]);
      expect((await get("Pay rent")).recurrence).toBe("due 2026-11-19 FREQ=WEEKLY;INTERVAL=2;BYDAY=TH");
      await edit("Pay rent", { every: "1st", dueDate: "2027-01-05" });
      expect(await where()).toEqual(["2027-02-01", "2027-02-01", "open"]);
    });

    test("moves the other dates along when it gets another rule, but for those that are given", async () => {
      const { add, edit, get } = await setUp();
      await add("Report", { every: "16th", waitUntil: "2026-11-13", scheduledDate: "2026-11-15" });
      await edit("Report", { every: "last workday" });
      const atTheEnd = { dueDate: "2026-11-30", waitUntil: "2026-11-27", scheduledDate: "2026-11-29" };
      expect(await get("Report")).toMatchObject(atTheEnd);
      await edit("Report", { every: "1st", scheduledDate: "2026-11-29", waitUntil: null });
      const atTheBeginning = { dueDate: "2026-12-01", waitUntil: null, scheduledDate: "2026-11-29" };
      expect(await get("Report")).toMatchObject(atTheBeginning);
    });

    test("repeats no more, and keeps its due date", async () => {
      const { edit, complete, get, records } = await setUp();
      await edit("Pay rent", { every: null });
      expect(await get("Pay rent")).toMatchObject({ recurrence: null, occurrence: null, dueDate: "2026-11-16" });
      await complete("Pay rent");
      expect(await records()).toEqual([]);
      expect((await get("Pay rent")).completedAt).not.toBeNull();
    });

    test("is completed with an edit of other fields, which its record has too", async () => {
      const { edit, record, where } = await setUp();
      const { changed } = await edit("Pay rent", { completed: true, priority: "low", dueDate: "2026-11-18" });
      expect(only(changed)).toMatchObject({ priority: "low", dueDate: "2026-12-16", completedAt: null });
      expect(await record("2026-11-16")).toMatchObject({ priority: "low", dueDate: "2026-11-18" });
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
    });

    test("begins its parts anew, unless they were cancelled", async () => {
      const { rent, add, complete, cancel, get } = await setUp();
      for (const title of ["Ask", "Transfer", "Call"]) await add(title, { parent: rent.id });
      await complete("Ask");
      await cancel("Call");
      expect((await get("Ask")).doneFor).toBe("2026-11-16");
      await complete("Pay rent");
      const closed = await Promise.all(
        ["Ask", "Transfer", "Call"].map(async (title) => (await get(title)).completedAt),
      );
      expect(closed.map((moment) => moment === null)).toEqual([true, true, false]);
    });

    test("is cancelled together with a part that was ticked, and a series reopened together with its last record", async () => {
      const { add, rent, complete, find, workspace, get, record } = await setUp("16th for 1 times");
      await add("Call the bank", { parent: rent.id });
      await complete("Call the bank");
      await cancelTasks(workspace, find(["Pay rent", "Call the bank"]));
      expect(await get("Call the bank")).toMatchObject({ completedAt: expect.any(String), cancelled: true });
      const both = async () => [await get("Pay rent"), await record("2026-11-16")];
      const { changed } = await reopenTasks(workspace, both);
      expect(changed.map(({ completedAt, deletedAt }) => [completedAt, deletedAt])).toEqual([
        [null, null],
        [null, null],
      ]);
    });

    test("begins its parts anew also if all of it is completed at once", async () => {
      const { rent, add, complete, get, where } = await setUp();
      const part = await add("Ask", { parent: rent.id });
      await add("Dial", { parent: part.id });
      await complete("Pay rent", { subtasks: "include" });
      expect([(await get("Ask")).completedAt, (await get("Dial")).completedAt]).toEqual([null, null]);
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
    });

    test.each<readonly [name: string, act: (user: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>]>([
      ["a completion", (user) => user.complete("Pay rent")],
      ["a completion ahead", (user) => user.complete("Pay rent", { occurrence: "2027-03-16" })],
      ["an end for good", (user) => user.complete("Pay rent", { forever: true })],
      ["a skip", (user) => user.skip("Pay rent")],
      ["a detachment", (user) => user.detach("Pay rent")],
      ["a cancellation", (user) => user.cancel("Pay rent")],
      ["a put-off", (user) => user.edit("Pay rent", { dueDate: "2026-11-20" })],
      ["another rule", (user) => user.edit("Pay rent", { every: "mon" })],
      ["the end of the repetition", (user) => user.edit("Pay rent", { every: null })],
      ["an edit that completes", (user) => user.edit("Pay rent", { completed: true, title: "Pay rent" })],
    ])("is as before when %s is undone", async (_, act) => {
      const user = await setUp("16th", { waitUntil: "2026-11-10" });
      await user.add("Ask", { parent: user.rent.id });
      await user.complete("Ask");
      const before = (await user.all()).map(withoutTimes);
      await act(user);
      expect((await user.all()).map(withoutTimes)).not.toEqual(before);
      await user.undo();
      const after = (await user.all()).filter(({ deletedAt }) => deletedAt === null);
      expect(after.map(withoutTimes)).toEqual(before);
    });

    test("is logged as what was done", async () => {
      const { complete, skip, detach, cancel, edit, store, workspace } = await setUp();
      await complete("Pay rent");
      await skip("Pay rent");
      await detach("Pay rent");
      await cancel("Pay rent");
      await edit("Pay rent", { dueDate: "2027-03-20" });
      await complete("Pay rent", { forever: true });
      const entries = await store.history(workspace.user, { oldestFirst: true });
      const commits = [...new Map(entries.map(({ clock, action }) => [clock, action])).values()];
      expect(commits).toEqual(["add", "complete", "skip", "detach", "cancel", "edit", "complete"]);
    });

    test.each<
      readonly [name: string, act: (user: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>, message: string]
    >([
      [
        "an occurrence that there is not",
        (user) => user.complete("Pay rent", { occurrence: "2026-11-17" }),
        "no occurrence",
      ],
      ["a text that is none", (user) => user.complete("Pay rent", { occurrence: "soon" }), "no occurrence"],
      ["an occurrence to skip that there is not", (user) => user.skip("Pay rent", "2026-11-17"), "no occurrence"],
      ["no due date", (user) => user.edit("Pay rent", { dueDate: null }), "needs a due date"],
      ["words that say no rule", (user) => user.edit("Pay rent", { every: "hour" }), ""],
      ["a rule out of the subset", (user) => user.edit("Pay rent", { every: { rule: "FREQ=HOURLY" } }), "FREQ"],
      [
        "an occurrence of a task that does not repeat",
        (user) => user.complete("Milk", { occurrence: "2026-11-16" }),
        "does not repeat",
      ],
      ["a skip of a task that does not repeat", (user) => user.skip("Milk"), "does not repeat"],
      ["a repetition of a part of a task that repeats", (user) => user.edit("Part", { every: "day" }), "repeats too"],
      [
        "a repeating part of a task that repeats",
        (user) => user.add("Sub", { parent: user.rent.id, every: "day" }),
        "repeats too",
      ],
      ["a repetition of what others wait for", (user) => user.edit("Milk", { every: "day" }), "can wait for"],
    ])("refuses %s and changes nothing", async (_, act, message) => {
      const user = await setUp();
      const milk = await user.add("Milk", {});
      await user.add("Part", { parent: user.rent.id });
      await user.add("Cook", { dependsOn: [milk.id] });
      const before = await user.all();
      const refused = await refusalOf(act(user));
      expect(refused.code).toBe("invalid_input");
      expect(refused.message).toContain(message);
      expect(await user.all()).toEqual(before);
    });

    test("refuses to make an occurrence repeat", async () => {
      const { detach, record, workspace } = await setUp();
      await detach("Pay rent");
      const task = await record("2026-11-16");
      expect((await refusalOf(editTasks(workspace, async () => [task], { every: "day" }))).message).toContain(
        "is an occurrence of one that repeats",
      );
    });

    test("by a rule of another version is only ended, not gone on with", async () => {
      const { rent, store, workspace, complete, skip, get } = await setUp();
      const recurrence = "due 2026-11-16 FREQ=HOURLY";
      await store.commit(workspace.user, { action: "edit", now: 1, edits: [{ id: rent.id, fields: { recurrence } }] });
      const { message, hints } = await refusalOf(complete("Pay rent"));
      expect(message).toContain("another version");
      expect(hints).toEqual([`To end it for good: todo done ${rent.handle} --forever`]);
      expect((await refusalOf(skip("Pay rent"))).code).toBe("invalid_input");
      expect(await get("Pay rent")).toMatchObject({ recurrence, completedAt: null });
      await complete("Pay rent", { forever: true });
      expect(await get("Pay rent")).toMatchObject({ recurrence: null });
    });

    test("with an occurrence that is none is not gone on with until it is said anew how it repeats", async () => {
      const { rent, store, workspace, complete, detach, edit, where } = await setUp();
      const fields = { occurrence: "2026-13-45", wait_until: "2026-11-14" };
      await store.commit(workspace.user, { action: "edit", now: 1, edits: [{ id: rent.id, fields }] });
      for (const act of [complete, detach]) {
        expect((await refusalOf(act("Pay rent"))).message).toContain("does not say which occurrence is due");
      }
      await edit("Pay rent", { every: "16th" });
      expect(await where()).toEqual(["2026-11-16", "2026-11-16", "open"]);
    });

    test("is completed once for each of several requests at once that name the same occurrence", async () => {
      const { complete, where, records } = await setUp();
      await Promise.all(Array.from({ length: 5 }, () => complete("Pay rent", { occurrence: "2026-11-16" })));
      expect(await where()).toEqual(["2026-12-16", "2026-12-16", "open"]);
      expect(await records()).toEqual(["2026-11-16 done"]);
    });

    test("and others are completed together or not at all", async () => {
      const user = await setUp();
      const milk = await user.add("Milk", {});
      const find = async () => [milk, await user.get("Pay rent")];
      const { changed } = await completeTasks(user.workspace, find);
      expect(changed.map(({ title }) => title)).toEqual(["Milk", "Pay rent"]);
      await user.undo();
      expect([(await user.get("Milk")).completedAt, at(await user.where(), 0)]).toEqual([null, "2026-11-16"]);
    });
  });
}
