import { describe, expect, test } from "bun:test";
import { stampFields } from "../../../../src/domain/task/registers.ts";
import type { Store } from "../../../../src/ports/store.ts";
import { readLinks } from "../../../../src/services/tasks/tree/read-links.ts";
import { readTree } from "../../../../src/services/tasks/tree/read-tree.ts";
import { refusalOf } from "../../../support/errors.ts";
import { newId, OPENING } from "../../../support/stores/test-user.ts";
import { createTreeUser, type TreeUser } from "./tree-user.ts";

/** A move into a new house, with what is to be done first below what needs it. */
async function moveHouse(openStore: () => Store): Promise<TreeUser> {
  const user = createTreeUser(openStore());
  await user.add("house", { project: "House" });
  await user.addBelow("house", "van");
  await user.addBelow("van", "offers");
  await user.addBelow("house", "kitchen");
  await user.add("garden");
  return user;
}

export function describeTree(openStore: () => Store): void {
  describe("a subtask", () => {
    test("stands below its parent, in the project of that", async () => {
      const user = await moveHouse(openStore);
      expect(await user.outline()).toEqual(["- house 0/2", "-- van 0/1", "--- offers", "-- kitchen", "- garden"]);
      expect(await user.get("offers")).toMatchObject({ project: "House" });
    });

    test("stays in the project that it is given, and in none if it is to have none", async () => {
      const user = await moveHouse(openStore);
      expect(await user.addBelow("house", "car", { project: "Car" })).toMatchObject({ project: "Car" });
      expect(await user.addBelow("house", "free", { project: null })).toMatchObject({ project: null });
    });

    test("needs a parent that is there", async () => {
      const user = await moveHouse(openStore);
      const absent = await refusalOf(user.add("new", { parent: newId() }));
      expect(absent.code).toBe("invalid_input");
      expect(absent.issues).toEqual([{ path: "parent", message: "there is no such task" }]);
      const { id } = await user.get("garden");
      await user.remove("garden");
      expect((await refusalOf(user.add("new", { parent: id }))).issues).toEqual([
        { path: "parent", message: "this task is deleted" },
      ]);
      expect((await refusalOf(user.edit("van", { parent: id }))).code).toBe("invalid_input");
    });

    test("is refused at level 17 and written at level 16", async () => {
      const user = createTreeUser(openStore());
      await user.add("1");
      for (let level = 2; level <= 16; level += 1) await user.addBelow(String(level - 1), String(level));
      expect((await refusalOf(user.addBelow("16", "17"))).message).toContain("16 levels");
      await user.add("top");
      expect((await refusalOf(user.edit("1", { parent: (await user.get("top")).id }))).message).toContain("level 17");
      expect((await user.get("1")).parent).toBeNull();
    });

    test("can't repeat if what is above it repeats", async () => {
      const user = createTreeUser(openStore());
      const recurrence = "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO";
      await user.add("series", { recurrence });
      expect((await refusalOf(user.addBelow("series", "other", { recurrence }))).message).toContain("repeats too");
      await user.add("alone", { recurrence });
      expect((await refusalOf(user.edit("alone", { parent: (await user.get("series")).id }))).code).toBe(
        "invalid_input",
      );
    });
  });

  describe("an edit", () => {
    test("refuses a parent that is below the task and changes nothing", async () => {
      const user = await moveHouse(openStore);
      const { id } = await user.get("offers");
      const refused = await refusalOf(user.edit("house", { parent: id, title: "new" }));
      expect(refused.message).toBe('"house" can\'t be below "offers", which is below it');
      expect(await user.outline()).toEqual(["- house 0/2", "-- van 0/1", "--- offers", "-- kitchen", "- garden"]);
    });

    test("takes those below that were in the same project along into another, in one undo", async () => {
      const user = await moveHouse(openStore);
      await user.edit("van", { project: "Car" });
      expect(await user.get("offers")).toMatchObject({ project: "Car" });
      const outcome = await user.edit("house", { project: "Work" });
      expect(outcome.changed.map(({ title }) => title)).toEqual(["house"]);
      expect(outcome.alsoChanged?.map(({ title }) => title)).toEqual(["kitchen"]);
      expect(await user.get("van")).toMatchObject({ project: "Car" });
      await user.undo();
      expect(await user.get("house")).toMatchObject({ project: "House" });
      expect(await user.get("kitchen")).toMatchObject({ project: "House" });
    });

    test("takes along what is below several, each by the projects that those above it leave", async () => {
      const user = await moveHouse(openStore);
      await user.edit("van", { project: "Car" });
      await user.addBelow("van", "keys", { project: "House" });
      await user.addBelow("van", "fuel", { project: "Other" });
      await user.addBelow("offers", "calls", { project: "Car" });
      await user.addBelow("garden", "tools", { project: "House" });
      const outcome = await user.editAll(["house", "van", "garden"], { project: "Work" });
      expect(outcome.changed.map(({ title }) => title)).toEqual(["house", "van", "garden"]);
      expect(outcome.alsoChanged?.map(({ title }) => title).toSorted()).toEqual(["calls", "keys", "kitchen", "offers"]);
      expect(await user.get("fuel")).toMatchObject({ project: "Other" });
      expect(await user.get("tools")).toMatchObject({ project: "House" });
    });

    test("of the parent takes the rank away, which was one among others", async () => {
      const user = await moveHouse(openStore);
      await user.move(["kitchen"], { place: { kind: "first" } });
      expect((await user.get("kitchen")).rank).not.toBeNull();
      await user.edit("kitchen", { parent: null });
      expect(await user.get("kitchen")).toMatchObject({ parent: null, rank: null });
    });
  });

  describe("a move", () => {
    test("puts a task before and after another, under its parent", async () => {
      const user = await moveHouse(openStore);
      const [van, kitchen] = [await user.get("van"), await user.get("kitchen")];
      await user.move(["garden"], { place: { kind: "before", id: kitchen.id } });
      expect(await user.outline()).toEqual(["- house 0/3", "-- van 0/1", "--- offers", "-- garden", "-- kitchen"]);
      await user.move(["kitchen"], { place: { kind: "after", id: van.id } });
      expect(await user.outline()).toEqual(["- house 0/3", "-- van 0/1", "--- offers", "-- kitchen", "-- garden"]);
    });

    test("puts several first in the order in which they are named", async () => {
      const user = await moveHouse(openStore);
      await user.addBelow("house", "bath");
      const outcome = await user.move(["bath", "kitchen"], { place: { kind: "first" } });
      expect(outcome.changed.map(({ title }) => title).toSorted()).toEqual(["bath", "kitchen"]);
      expect(await user.outline()).toEqual([
        "- house 0/3",
        "-- bath",
        "-- kitchen",
        "-- van 0/1",
        "--- offers",
        "- garden",
      ]);
    });

    test("under a parent and to the root writes the place alone", async () => {
      const user = await moveHouse(openStore);
      await user.move(["van"], { parent: (await user.get("garden")).id });
      expect(await user.outline()).toEqual(["- house 0/1", "-- kitchen", "- garden 0/1", "-- van 0/1", "--- offers"]);
      await user.move(["van"], { parent: null });
      expect(await user.get("van")).toMatchObject({ parent: null, project: "House" });
    });

    test("orders the roots", async () => {
      const user = await moveHouse(openStore);
      await user.move(["garden"], { place: { kind: "first" } });
      expect((await user.outline())[0]).toBe("- garden");
      await user.move(["garden"], { place: { kind: "last" } });
      expect((await user.outline()).at(-1)).toBe("- garden");
    });

    test("between two equal ranks gives the second another one in the same commit", async () => {
      const user = await moveHouse(openStore);
      await user.receive("van", { rank: "a0" });
      await user.receive("kitchen", { rank: "a0" });
      const [first, second] = (await user.outline()).filter((line) => line.startsWith("-- "));
      const title = first?.includes("van") ? "van" : "kitchen";
      const outcome = await user.move(["garden"], { place: { kind: "after", id: (await user.get(title)).id } });
      expect(outcome.alsoChanged).toHaveLength(1);
      expect((await user.outline()).filter((line) => line.startsWith("-- "))).toEqual([
        String(first),
        "-- garden",
        String(second),
      ]);
      await user.undo();
      expect(await user.get("garden")).toMatchObject({ parent: null, rank: null });
      expect(await user.get("kitchen")).toMatchObject({ rank: "a0" });
      expect(await user.get("van")).toMatchObject({ rank: "a0" });
    });

    test("is refused where it makes a ring, and beside a task with another parent", async () => {
      const user = await moveHouse(openStore);
      const [offers, garden] = [await user.get("offers"), await user.get("garden")];
      expect((await refusalOf(user.move(["house"], { parent: offers.id }))).code).toBe("invalid_input");
      const place = { kind: "before", id: garden.id } as const;
      expect((await refusalOf(user.move(["van"], { parent: (await user.get("house")).id, place }))).code).toBe(
        "invalid_input",
      );
      expect((await refusalOf(user.move(["van"], { place: { kind: "after", id: newId() } }))).issues).toEqual([
        { path: "after", message: "there is no such task" },
      ]);
    });
  });

  describe("a ring that two devices made", () => {
    test("is cut at its newest edge, and no task is lost", async () => {
      const user = await moveHouse(openStore);
      await user.edit("garden", { parent: (await user.get("offers")).id });
      await user.receive("house", { parent: (await user.get("garden")).id });
      expect(await user.outline()).toEqual([
        "- house 0/2",
        "-- van 0/1",
        "--- offers 0/1",
        "---- garden",
        "-- kitchen",
      ]);
      const house = await user.get("house");
      const links = (await readLinks(user.workspace, [house])).get(house.id);
      expect(links).toMatchObject({ parent: null, ignoredParent: { title: "garden" } });
    });

    test("is cut at its newest edge also where it goes through a completed task", async () => {
      const user = await moveHouse(openStore);
      await user.complete("van");
      await user.receive("house", { parent: (await user.get("van")).id });
      expect(await user.outline()).toEqual(["- house 1/2", "-- x van", "-- kitchen", "- offers ‹ van", "- garden"]);
    });

    test("ends when a task of it is moved elsewhere", async () => {
      const user = await moveHouse(openStore);
      await user.receive("house", { parent: (await user.get("offers")).id });
      await user.move(["house"], { parent: null });
      const house = await user.get("house");
      expect(house.parent).toBeNull();
      expect((await readLinks(user.workspace, [house])).get(house.id)?.ignoredParent).toBeNull();
    });
  });

  describe("completing a parent", () => {
    test("leaves its open subtasks open, at the root with the parent's title", async () => {
      const user = await moveHouse(openStore);
      await user.complete("house");
      expect(await user.outline()).toEqual(["- van 0/1 ‹ house", "-- offers", "- kitchen ‹ house", "- garden"]);
    });

    test("with all below it is one commit, whose undo brings the very mix back", async () => {
      const user = await moveHouse(openStore);
      await user.complete("kitchen");
      const before = (await user.get("kitchen")).completedAt;
      const outcome = await user.complete("house", "include");
      expect(outcome.changed.map(({ title }) => title)).toEqual(["house"]);
      expect(outcome.alsoChanged?.map(({ title }) => title).toSorted()).toEqual(["offers", "van"]);
      expect(await user.outline()).toEqual(["- garden"]);
      await user.undo();
      expect(await user.outline()).toEqual(["- house 1/2", "-- van 0/1", "--- offers", "-- x kitchen", "- garden"]);
      expect((await user.get("kitchen")).completedAt).toBe(before);
    });

    test("with all below it reads no parent again that is completed too", async () => {
      const user = await moveHouse(openStore);
      const read: string[] = [];
      const get: Store["get"] = (owner, ids) => {
        read.push(...ids);
        return user.store.get(owner, ids);
      };
      await user.on({ ...user.store, get }).complete("house", "include");
      expect(read).toEqual([]);
      expect(await user.outline()).toEqual(["- garden"]);
    });

    test("with all below it goes down as many levels as no command makes, and ends", async () => {
      const user = createTreeUser(openStore());
      const ids = Array.from({ length: 220 }, () => newId());
      const clock = `${(OPENING - 60_000).toString(16).padStart(12, "0")}0000a1b2c3d4`;
      const arrivals = ids.map((id, level) => ({
        id,
        registers: stampFields({ title: `level ${level}`, parent: ids[level - 1] ?? null }, clock),
      }));
      await user.store.merge(user.workspace.user, arrivals);
      const { alsoChanged = [] } = await user.complete("level 0", "include");
      expect(alsoChanged.map(({ title }) => title)).toContain("level 200");
      expect(await user.get("level 201")).toMatchObject({ completedAt: null });
    });

    test("with all below it leaves what was cancelled so", async () => {
      const user = await moveHouse(openStore);
      await user.edit("kitchen", { cancelled: true });
      await user.complete("house", "include");
      expect(await user.get("kitchen")).toMatchObject({ cancelled: true });
    });
  });

  describe("deleting a parent", () => {
    test("leaves its subtasks at the root", async () => {
      const user = await moveHouse(openStore);
      await user.remove("house");
      expect(await user.outline()).toEqual(["- van 0/1", "-- offers", "- kitchen", "- garden"]);
    });

    test("with all below it is one commit, and what another device adds there comes to the root", async () => {
      const user = await moveHouse(openStore);
      await user.remove("house", "include");
      expect(await user.outline()).toEqual(["- garden"]);
      await user.add("added elsewhere");
      await user.receive("added elsewhere", { parent: (await user.get("house")).id });
      expect(await user.outline()).toEqual(["- garden", "- added elsewhere"]);
      // What was changed elsewhere since is kept, so only the second undo takes something back.
      await user.undo();
      await user.undo();
      expect(await user.outline()).toEqual([
        "- house 0/3",
        "-- van 0/1",
        "--- offers",
        "-- kitchen",
        "-- added elsewhere",
        "- garden",
      ]);
    });
  });

  describe("a dependency", () => {
    test("blocks until its end is done, and nothing is written then", async () => {
      const user = await moveHouse(openStore);
      const [van, garden] = [await user.get("van"), await user.get("garden")];
      await user.edit("garden", { addDependsOn: [van.id] });
      const linksOf = async (id: string) =>
        (await readLinks(user.workspace, await user.store.get(user.workspace.user, [id]))).get(id);
      expect((await linksOf(garden.id))?.waitsFor).toMatchObject([{ title: "van" }]);
      expect((await linksOf(van.id))?.blocks).toMatchObject([{ title: "garden" }]);
      const { revision } = await user.get("garden");
      await user.complete("van");
      expect((await linksOf(garden.id))?.waitsFor).toEqual([]);
      expect((await linksOf(van.id))?.blocks).toEqual([]);
      expect((await user.get("garden")).revision).toBe(revision);
    });

    test("in a ring that two devices made blocks neither, and both are marked", async () => {
      const user = await moveHouse(openStore);
      const [van, garden] = [await user.get("van"), await user.get("garden")];
      await user.edit("garden", { addDependsOn: [van.id] });
      await user.receive("van", { [`dep:${garden.id}`]: true });
      const { waiting } = await readTree(user.workspace, []);
      expect(waiting.get(van.id)).toEqual({ waitsFor: [], ring: [garden.id] });
      expect(waiting.get(garden.id)).toEqual({ waitsFor: [], ring: [van.id] });
    });

    test("is refused on a task that is not there, on itself, on a series, and on a fifty-first", async () => {
      const user = await moveHouse(openStore);
      const garden = await user.get("garden");
      const series = await user.add("series", { recurrence: "due 2026-11-23 FREQ=WEEKLY;BYDAY=MO" });
      const refused = async (dependsOn: readonly string[]) =>
        (await refusalOf(user.edit("garden", { dependsOn }))).message;
      expect(await refused([newId()])).toBe("a task can only wait for one of your tasks");
      expect(await refused([garden.id])).toBe('"garden" can\'t wait for itself');
      expect(await refused([series.id])).toBe('no task can wait for "series", which repeats');
      expect(await refused(Array.from({ length: 51 }, newId))).toContain("50 dependencies");
      expect((await refusalOf(user.add("new", { dependsOn: [series.id] }))).code).toBe("invalid_input");
      expect((await user.get("garden")).dependsOn).toEqual([]);
    });

    test("is refused on a task that waits for this one through others, until one of these is done", async () => {
      const user = await moveHouse(openStore);
      const [van, garden] = [await user.get("van"), await user.get("garden")];
      const quotes = await user.add("quotes", { dependsOn: [garden.id] });
      await user.edit("van", { dependsOn: [quotes.id] });
      const { message, hints, issues } = await refusalOf(user.edit("garden", { dependsOn: [van.id] }));
      expect(message).toBe('"garden" can\'t wait for "van", which waits for it');
      expect([hints?.length, issues?.map(({ path }) => path)]).toEqual([1, ["depends_on"]]);
      expect((await user.get("garden")).dependsOn).toEqual([]);
      await user.complete("quotes");
      await user.edit("garden", { dependsOn: [van.id] });
      expect((await user.get("garden")).dependsOn).toEqual([van.id]);
    });

    test("stays where its end was deleted, also when the task is edited", async () => {
      const user = await moveHouse(openStore);
      const van = await user.get("van");
      await user.edit("garden", { dependsOn: [van.id] });
      await user.remove("van");
      await user.edit("garden", { dependsOn: [van.id], title: "yard" });
      expect(await user.get("yard")).toMatchObject({ dependsOn: [van.id] });
    });
  });

  describe("a filtered tree", () => {
    test("has what fits and what is above it, with the counts of all", async () => {
      const user = await moveHouse(openStore);
      await user.edit("offers", { addTags: ["phone"] });
      const { forest } = await readTree(user.workspace, [
        { kind: "status", status: "pending" },
        { kind: "tag", tag: "phone" },
      ]);
      expect(forest).toMatchObject([
        {
          task: { title: "house" },
          count: { completed: 0, total: 2 },
          subtasks: [{ task: { title: "van" }, subtasks: [{ task: { title: "offers" } }] }],
        },
      ]);
    });
  });
}
