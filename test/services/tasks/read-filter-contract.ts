import { describe, expect, test } from "bun:test";
import type { Store } from "../../../src/ports/store.ts";
import { type FilterWords, readFilter } from "../../../src/services/tasks/read-filter.ts";
import { refusalOf } from "../../support/errors.ts";
import { createTreeUser, type TreeUser } from "./tree/tree-user.ts";

/** The titles of the tasks that a filter finds. */
async function find({ workspace }: TreeUser, filter: string | FilterWords): Promise<string[]> {
  const words = typeof filter === "string" ? { terms: [filter] } : filter;
  const where = await readFilter(words, workspace.system, async () => workspace);
  const { tasks } = await workspace.store.find(workspace.user, { where });
  return tasks.map(({ title }) => title).toSorted();
}

function refuse(user: TreeUser, filter: string) {
  return refusalOf(find(user, filter));
}

export function describeReadFilter(openStore: () => Store): void {
  describe("a filter that names tasks", () => {
    async function openHouse() {
      const user = createTreeUser(openStore());
      await user.add("house");
      await user.addBelow("house", "roof");
      await user.addBelow("roof", "tile");
      await user.addBelow("house", "door");
      await user.add("garden", { dependsOn: [(await user.get("door")).id] });
      const { handle } = await user.get("house");
      return { ...user, handle };
    }

    test("finds what stands below one, however far, and what is directly below", async () => {
      const user = await openHouse();
      expect(await find(user, `under:${user.handle}`)).toEqual(["door", "roof", "tile"]);
      expect(await find(user, `parent:${user.handle}`)).toEqual(["door", "roof"]);
      expect(await find(user, `not under:${user.handle}`)).toEqual(["garden", "house"]);
      expect(await find(user, `under:${user.handle} or id:${user.handle.toUpperCase()}`)).toHaveLength(4);
      await user.complete("door");
      expect(await find(user, `under:${user.handle} status:completed`)).toEqual(["door"]);
    });

    test("finds no task below one that only a ring of two devices puts there", async () => {
      const user = createTreeUser(openStore());
      for (const title of ["a", "b"]) await user.add(title);
      await user.edit("a", { parent: (await user.get("b")).id });
      await user.receive("b", { parent: (await user.get("a")).id });
      const [a, b] = [await user.get("a"), await user.get("b")];
      expect(await find(user, `under:${b.handle}`)).toEqual(["a"]);
      expect(await find(user, `under:${a.handle}`)).toEqual([]);
    });

    test("finds what waits, what is waited for, and what can be done now", async () => {
      const user = await openHouse();
      expect(await find(user, "is:blocked")).toEqual(["garden"]);
      expect(await find(user, "is:blocking")).toEqual(["door"]);
      expect(await find(user, "is:ready")).toEqual(["door", "house", "roof", "tile"]);
      expect(await find(user, `depends:${(await user.get("door")).handle}`)).toEqual(["garden"]);
      expect(await find(user, `blocks:${(await user.get("garden")).handle}`)).toEqual(["door"]);
      await user.complete("door");
      expect(await find(user, "is:blocked or is:blocking")).toEqual([]);
      expect(await find(user, "is:ready")).toEqual(["garden", "house", "roof", "tile"]);
    });

    test("finds roots, subtasks and parents", async () => {
      const user = await openHouse();
      expect(await find(user, "parent:none")).toEqual(["garden", "house"]);
      expect(await find(user, "is:subtask")).toEqual(["door", "roof", "tile"]);
      expect(await find(user, "has:subtasks")).toEqual(["house", "roof"]);
    });

    test("is refused with its place where there is no such task, or several", async () => {
      const user = createTreeUser(openStore());
      const missing = await refuse(user, "+a or under:zzz");
      expect([missing.code, missing.message]).toEqual(["not_found", 'no task "zzz"']);
      expect(missing.excerpt).toEqual({ text: "+a or under:zzz", at: 12, length: 3 });
      const handles = new Set<string>();
      const adding = async (): Promise<string> => {
        const prefix = (await user.add("x")).handle.slice(0, 3);
        if (handles.has(prefix)) return prefix;
        handles.add(prefix);
        return adding();
      };
      const prefix = await adding();
      const several = await refuse(user, `id:${prefix}`);
      expect([several.code, several.excerpt?.at]).toEqual(["ambiguous", 3]);
      expect(several.hints.at(-1)).toBe("Type more letters.");
    });

    test("names no more than twenty, and each as often as one likes", async () => {
      const user = createTreeUser(openStore());
      const handles: string[] = [];
      for (let at = 0; at < 21; at += 1) handles.push((await user.add(`${at}`)).handle);
      const filter = (count: number) =>
        [...handles.slice(0, count), handles[0]].map((handle) => `id:${handle}`).join(" or ");
      expect(await find(user, filter(20))).toHaveLength(20);
      const { code, message, excerpt } = await refuse(user, filter(21));
      expect([code, message]).toEqual(["invalid_input", "a filter can name 20 tasks"]);
      expect(excerpt?.text.slice(excerpt.at)).toBe(`${handles[20]} or id:${handles[0]}`);
    });
  });

  describe("a filter that asks what is blocked, ready or below a task", () => {
    test("does so no more than twenty times", async () => {
      const user = createTreeUser(openStore());
      const under = `under:${(await user.add("house")).handle}`;
      const filter = (count: number) =>
        Array.from({ length: count }, (_, at) => [under, "is:ready", "is:blocked", "is:blocking"][at % 4]).join(" ");
      expect(await find(user, filter(20))).toEqual([]);
      const { code, message } = await refuse(user, filter(21));
      expect([code, message]).toEqual([
        "invalid_input",
        "a filter can ask 20 times what is blocked, ready or below a task",
      ]);
    });
  });

  describe("a filter that names saved ones", () => {
    async function openSaved() {
      const user = createTreeUser(openStore());
      for (const tag of ["shop", "post", "now"]) await user.add(tag, { tags: [tag] });
      const { store, user: name, system } = user.workspace;
      const below = `parent:${(await user.get("shop")).handle}`;
      const fields = { "filter:Errands": "+shop or +post", "filter:below": below, "filter:bad": "due<fridy" };
      await store.editProfile(name, fields, system.now());
      await user.addBelow("shop", "milk");
      return user;
    }

    test("finds what these find, with the tasks that they name", async () => {
      const user = await openSaved();
      expect(await find(user, "filter:errands")).toEqual(["post", "shop"]);
      expect(await find(user, "filter:errands or +now")).toEqual(["now", "post", "shop"]);
      expect(await find(user, "!filter:errands")).toEqual(["milk", "now"]);
      expect(await find(user, "filter:below")).toEqual(["milk"]);
    });

    test("must hold beside another one as a whole", async () => {
      const user = await openSaved();
      const within = ["filter:errands or +now"];
      expect(await find(user, { terms: ["+shop", "or", "milk"], within })).toEqual(["shop"]);
      expect(await find(user, { terms: [], literal: ["post"], within })).toEqual(["post"]);
      await user.complete("shop");
      expect(await find(user, { terms: [], within })).toEqual(["now", "post"]);
      expect(await find(user, { terms: [], within, otherwise: "completed" })).toEqual(["shop"]);
      expect(await find(user, { terms: ["status:all"], within })).toEqual(["now", "post", "shop"]);
      expect(await find(user, { terms: [], within: ["status:completed"] })).toEqual(["shop"]);
    });

    test("says which one is wrong, and where it is named", async () => {
      const user = await openSaved();
      const { code, message, excerpt } = await refuse(user, "+a or filter:BAD");
      expect([code, message]).toEqual(["invalid_input", 'in the filter "bad": "fridy" is not a date']);
      expect(excerpt).toEqual({ text: "+a or filter:BAD", at: 13, length: 3 });
      expect((await refuse(user, "filter:erands")).hints).toEqual(["Did you mean Errands?"]);
    });
  });

  test("a filter that names nothing opens no workspace", async () => {
    const { workspace } = createTreeUser(openStore());
    let opened = 0;
    const open = async () => {
      opened += 1;
      return workspace;
    };
    for (const filter of ["", "+a or (due<friday not:p1)", "is:waiting", "parent:none", "status:all text:x"]) {
      await readFilter({ terms: [filter] }, workspace.system, open);
    }
    expect(opened).toBe(0);
    await readFilter({ terms: ["is:blocked"] }, workspace.system, open);
    expect(opened).toBe(1);
  });
}
