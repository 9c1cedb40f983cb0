import { describe, expect, test } from "bun:test";
import { SORTS } from "../../../src/domain/query/query.ts";
import type { WireTask } from "../../../src/contract/task.ts";
import { titleKey } from "../../../src/domain/task/text.ts";
import type { Api, OpenApi } from "../../support/server/api.ts";

async function list(api: Api, query = "", as = "ann"): Promise<WireTask[]> {
  const { status, body } = await api.ask("GET", `/api/tasks${query}`, { as });
  expect(status).toBe(200);
  return body;
}

async function titles(api: Api, query = ""): Promise<string[]> {
  return (await list(api, query)).map(({ title }) => title);
}

/** The address of the next page, or undefined on the last one. */
function nextOf(headers: Headers): string | undefined {
  const link = headers.get("link");
  if (link === null) return undefined;
  const [, address] = /^<(\/api\/tasks\?[^>]+)>; rel="next"$/.exec(link) ?? [];
  if (address === undefined) throw new Error(`not a link to a next page: ${link}`);
  return address;
}

/** All pages from an address on. `between` runs after each of them. */
async function readPages(
  api: Api,
  address: string,
  between: (page: number) => Promise<unknown> = async () => undefined,
) {
  const pages: WireTask[][] = [];
  for (let next: string | undefined = address; next !== undefined;) {
    const { status, headers, body } = await api.ask("GET", next);
    expect(status).toBe(200);
    pages.push(body);
    next = nextOf(headers);
    if (pages.length > 100) throw new Error("the pages have no end");
    await between(pages.length);
  }
  return pages;
}

export function describeListTasks(openApi: OpenApi): void {
  describe("GET /api/tasks", () => {
    test("answers an empty list, without a next page, to who has no tasks", async () => {
      const { status, headers, body } = await openApi().ask("GET", "/api/tasks");
      expect([status, body, headers.get("link")]).toEqual([200, [], null]);
    });

    test("answers the tasks as they are one by one, the oldest first", async () => {
      const api = openApi();
      const made: WireTask[] = [];
      for (const title of ["b", "c", "a"]) {
        made.push(await api.add({ title, tags: ["x"], due_date: "2026-12-01" }));
        api.clock.now += 1;
      }
      expect(await list(api)).toEqual(made);
    });

    test("answers nothing of anybody else's", async () => {
      const api = openApi();
      await api.add({ title: "Theirs", tags: ["a"], project: "P", priority: "high", due_date: "2026-12-01" }, "ben");
      const mine = await api.add({ title: "Mine" });
      const filters = ["", "?tag=a", "?project=P", "?priority=high", "?q=theirs", "?due_before=2027-01-01"];
      for (const query of filters) expect(await list(api, query)).toEqual(query === "" ? [mine] : []);
    });

    test("answers the same with a slash behind the path", async () => {
      const api = openApi();
      const task = await api.add();
      expect((await api.ask("GET", "/api/tasks/")).body).toEqual([task]);
      expect((await api.ask("GET", "/api/tasks/?limit=1")).body).toEqual([task]);
    });

    test("answers HEAD like GET, without the body", async () => {
      const api = openApi();
      await api.add();
      await api.add();
      const get = await api.ask("GET", "/api/tasks?limit=1");
      const head = await api.ask("HEAD", "/api/tasks?limit=1");
      expect([head.status, head.body, head.headers.get("link")]).toEqual([200, undefined, get.headers.get("link")]);
    });
  });

  describe("the parameters of GET /api/tasks", () => {
    test.each([
      ["", ["open", "done"]],
      ["?status=all", ["open", "done"]],
      ["?status=pending", ["open"]],
      ["?status=completed", ["done"]],
    ])("%p answers the tasks of that state, never the deleted ones", async (query, expected) => {
      const api = openApi();
      await api.add({ title: "open" });
      const [done, gone] = [await api.add({ title: "done" }), await api.add({ title: "gone" })];
      await api.ask("PATCH", `/api/tasks/${done.id}/complete`);
      await api.ask("PATCH", `/api/tasks/${gone.id}/complete`);
      await api.ask("DELETE", `/api/tasks/${gone.id}`);
      expect(await titles(api, query)).toEqual(expected);
    });

    test.each([
      ["?tag=a", ["a", "ab"]],
      ["?tag=a&tag=b", ["ab"]],
      ["?tag=b&tag=a&tag=a", ["ab"]],
      ["?tag=a&tag=c", []],
      ["?tag=A", []],
      ["?tag=%C3%A4", ["ä"]],
      ["?tag=a%CC%88", ["ä"]],
      ["?tag=a%25", []],
    ])("%p answers the tasks that have all of these tags", async (query, expected) => {
      const api = openApi();
      for (const tags of [["a"], ["b"], ["a", "b"], ["ä"]]) await api.add({ title: tags.join(""), tags });
      await api.add({ title: "no tag" });
      expect(await titles(api, query)).toEqual(expected);
    });

    test.each([
      ["?project=House", ["one"]],
      ["?project=house", ["two"]],
      ["?project=Ho", []],
      ["?project=My+own+House", ["three"]],
      ["?project=My%20own%20House", ["three"]],
    ])("%p answers the tasks of exactly this project", async (query, expected) => {
      const api = openApi();
      await api.add({ title: "one", project: "House" });
      await api.add({ title: "two", project: "house" });
      await api.add({ title: "three", project: "My own House" });
      await api.add({ title: "none" });
      expect(await titles(api, query)).toEqual(expected);
    });

    test("priority answers the tasks of that priority", async () => {
      const api = openApi();
      for (const priority of ["high", "medium", "low", null]) await api.add({ title: String(priority), priority });
      for (const priority of ["high", "medium", "low"]) {
        expect(await titles(api, `?priority=${priority}`)).toEqual([priority]);
      }
    });

    test.each([
      ["%25", ["100% sure"]],
      ["_", ["snake_case"]],
      ["%5C", ["back\\slash"]],
      ["*", ["a*b"]],
      ["'", ["it's"]],
      ["%22", ['say "hi"']],
      ["SURE", ["100% sure"]],
      ["CAF%C3%89", ["Café"]],
      ["cafe%CC%81", ["Café"]],
      ["hidden+deep", ["plain"]],
      ["a+b", []],
      ["a%2Bb", ["a+b"]],
      ["tag:x", []],
      ["🦊", ["fox 🦊"]],
    ])(
      "q=%s answers the tasks with that text in the title or the description, as text and without case",
      async (q, expected) => {
        const api = openApi();
        const all = ["100% sure", "snake_case", "back\\slash", "a*b", "it's", 'say "hi"', "Café", "a+b", "fox 🦊"];
        for (const title of all) await api.add({ title });
        await api.add({ title: "plain", description: "Something hidden deep inside" });
        expect(await titles(api, `?q=${q}`)).toEqual(expected);
      },
    );

    test("an empty q asks for nothing", async () => {
      const api = openApi();
      await api.add();
      expect(await list(api, "?q=")).toHaveLength(1);
    });

    const DUE = [
      "2026-11-19",
      "2026-11-20",
      "2026-11-20T08:00:00Z",
      "2026-11-20T15:00:00Z",
      "2026-11-21",
      "2026-11-21T00:00:00Z",
    ];

    test.each([
      ["due_before=2026-11-20", ["2026-11-19"]],
      ["due_before=2026-11-21", DUE.slice(0, 4)],
      ["due_after=2026-11-20", DUE.slice(4)],
      ["due_after=2026-11-19", DUE.slice(1)],
      ["due_after=2026-11-21", []],
      ["due_before=2026-11-20T15:00:00Z", ["2026-11-19", "2026-11-20T08:00:00Z"]],
      ["due_before=2026-11-20T17:00:01%2B02:00", ["2026-11-19", "2026-11-20T08:00:00Z", "2026-11-20T15:00:00Z"]],
      // A day is over when it ends, so it is due after each moment in it.
      ["due_after=2026-11-20T08:00:01Z", ["2026-11-20", ...DUE.slice(3)]],
      ["due_after=2026-11-19&due_before=2026-11-21", DUE.slice(1, 4)],
      ["due_after=2026-11-21&due_before=2026-11-20", []],
      ["due_before=9999-12-31", DUE],
      ["due_after=9999-12-31", []],
      ["due_after=0000-01-01", DUE],
      ["due_before=9999-12-31T23:59:59Z", DUE],
    ])("%s answers the tasks that are due then, days and moments, and none without a date", async (query, expected) => {
      const api = openApi();
      for (const due_date of [...DUE, null]) await api.add({ title: String(due_date), due_date });
      expect((await titles(api, `?${query}`)).toSorted()).toEqual(expected.toSorted());
    });

    test("due_after leaves out what is due exactly then, at a moment as on a day", async () => {
      const api = openApi();
      for (const due_date of ["2026-11-20", "2026-11-20T15:00:00Z"]) await api.add({ title: due_date, due_date });
      expect(await titles(api, "?due_after=2026-11-20")).toEqual([]);
      expect(await titles(api, "?due_after=2026-11-20T15:00:00Z")).not.toContain("2026-11-20T15:00:00Z");
    });

    test("all hold together", async () => {
      const api = openApi();
      const fields = { title: "Pay rent", tags: ["a", "b"], project: "P", priority: "low", due_date: "2026-12-01" };
      await api.add(fields);
      for (const [name, value] of [
        ["title", "x"],
        ["tags", ["a"]],
        ["project", "Q"],
        ["priority", "high"],
        ["due_date", "2027-12-01"],
      ] as const) {
        await api.add({ ...fields, [name]: value });
      }
      const query = "?q=rent&tag=a&tag=b&project=P&priority=low&due_before=2027-01-01&status=pending";
      expect(await list(api, query)).toMatchObject([fields]);
    });

    test("limit is 50 by itself and 200 at most", async () => {
      const api = openApi();
      await seed(api, 210);
      for (const [query, expected] of [
        ["", 50],
        ["?limit=1", 1],
        ["?limit=007", 7],
        ["?limit=200", 200],
      ] as const) {
        const { headers, body } = await api.ask("GET", `/api/tasks${query}`);
        expect(body).toHaveLength(expected);
        expect(nextOf(headers)).toContain(`limit=${expected}`);
      }
    });

    test.each([
      ["status=deleted", "status"],
      ["status=", "status"],
      ["status=ALL", "status"],
      ["sort=handle", "sort"],
      ["sort=", "sort"],
      ["sort=created;drop", "sort"],
      ["order=up", "order"],
      ["priority=urgent", "priority"],
      ["priority=", "priority"],
      ["limit=0", "limit"],
      ["limit=201", "limit"],
      ["limit=-1", "limit"],
      ["limit=1.5", "limit"],
      ["limit=1e2", "limit"],
      ["limit=", "limit"],
      ["limit", "limit"],
      ["limit=ten", "limit"],
      ["limit=0x10", "limit"],
      ["limit=99999999999999999999", "limit"],
      ["limit=%D9%A1", "limit"],
      ["tag=", "tag.0"],
      ["tag=a+b", "tag.0"],
      ["tag=a&tag=%00", "tag.1"],
      [Array.from({ length: 51 }, (_, at) => `tag=t${at}`).join("&"), "tag"],
      ["project=", "project"],
      ["project=none", "project"],
      ["due_before=soon", "due_before"],
      ["due_before=", "due_before"],
      ["due_after=2026-02-29", "due_after"],
      ["due_after=2026-11-20T15:00:00", "due_after"],
      ["q=%00", "q"],
      [`q=${"x".repeat(501)}`, "q"],
      ["page=2", "page"],
      ["Status=all", "Status"],
      ["__proto__=1", "__proto__"],
      ["constructor=1", "constructor"],
      ["=x", ""],
      ["limit=5&limit=6", "limit"],
      ["limit=5&limit=5", "limit"],
      ["q=a&%71=b", "q"],
      ["status=all&status=all", "status"],
      ["cursor=a&cursor=b", "cursor"],
      ["project=a&project=b", "project"],
      ["tag[]=a", "tag[]"],
      ["q=%", ""],
      ["q=%ff", ""],
      ["q=%ED%A0%80", ""],
      ["%zz=1", ""],
    ])("%s is refused, by name", async (query, path) => {
      const { status, body } = await openApi().ask("GET", `/api/tasks?${query}`);
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.errors).toEqual([{ path, message: expect.stringMatching(/\S/) }]);
    });

    test.each(["?", "?&", "?&&limit=5&"])("%p is no parameter too many", async (query) => {
      expect(await list(openApi(), query)).toEqual([]);
    });
  });

  /** Tasks whose sort keys are often equal, some with no due date or priority, in one write. Answers their ids. */
  async function seed(api: Api, count: number): Promise<string[]> {
    const edits = Array.from({ length: count }, (_, at) => ({
      id: crypto.randomUUID(),
      fields: {
        title: `${at % 2 === 0 ? "task" : "Task"} ${at % 9}`,
        created_at: new Date(api.clock.now + (at % 11) * 1000).toISOString(),
        ...(at % 3 !== 0 && {
          due_date: at % 4 === 0 ? `2026-12-0${(at % 5) + 1}T10:00:00Z` : `2026-12-0${(at % 5) + 1}`,
        }),
        ...(at % 6 !== 0 && { rank: `a${at % 4}` }),
        ...(at % 4 !== 0 && { priority: ["high", "medium", "low"][at % 3] ?? null }),
        ...(at % 5 !== 0 && { completed_at: new Date(api.clock.now + (at % 7) * 1000).toISOString() }),
      },
    }));
    await api.store.commit("ann", { action: "add", now: api.clock.now, edits });
    return edits.map(({ id }) => id);
  }

  const ORDERS = SORTS.flatMap((sort) => [
    [sort, "asc"],
    [sort, "desc"],
  ]);

  /** What two neighbours of a list must not be, where the order is ascending. */
  function rankOf(sort: string, task: WireTask): string | number {
    switch (sort) {
      case "title":
        return titleKey(task.title);
      case "priority":
        return ["high", "medium", "low", null].indexOf(task.priority);
      case "due_date":
        // A day is over when it ends, so it comes behind each moment in it.
        return task.due_date?.length === 10 ? `${task.due_date}T~` : (task.due_date ?? "~");
      case "updated":
        return task.updated_at;
      case "completed":
        return task.completed_at ?? "~";
      case "rank":
        return task.rank ?? "~";
      default:
        return task.created_at;
    }
  }

  /** Whether what a sort is by is absent. */
  function lacks(sort: string, task: WireTask): boolean {
    const keys = {
      due_date: task.due_date,
      priority: task.priority,
      completed: task.completed_at,
      rank: task.rank,
    };
    return Object.entries(keys).some(([key, value]) => key === sort && value === null);
  }

  describe("the pages of GET /api/tasks", () => {
    test.each(ORDERS)(
      "by %s %s are one sorted list, whose tasks without what it sorts by come last",
      async (sort = "", order = "") => {
        const api = openApi();
        const ids = await seed(api, 120);
        for (const id of ids.filter((_, at) => at % 6 === 0)) {
          api.clock.now += 1000;
          await api.ask("PATCH", `/api/tasks/${id}`, { json: { description: "edited" } });
        }
        const pages = await readPages(api, `/api/tasks?sort=${sort}&order=${order}&limit=7`);
        const all = pages.flat();
        expect(pages.map((page) => page.length)).toEqual([...Array(17).fill(7), 1]);
        expect(all.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
        const bare = all.findIndex((task) => lacks(sort, task));
        const sorted = bare === -1 ? all : all.slice(0, bare);
        expect(all.slice(sorted.length).every((task) => lacks(sort, task))).toBe(true);
        for (const [at, task] of sorted.entries()) {
          const next = sorted[at + 1];
          if (!next) continue;
          const [lower, higher] = order === "asc" ? [task, next] : [next, task];
          expect(rankOf(sort, lower) <= rankOf(sort, higher)).toBe(true);
        }
      },
    );

    test.each(ORDERS)(
      "by %s %s skip and repeat nothing that stays as it is while others write",
      async (sort = "", order = "") => {
        const api = openApi();
        const ids = await seed(api, 120);
        const [touched, untouched] = [ids.filter((_, at) => at % 4 === 0), ids.filter((_, at) => at % 4 !== 0)];
        let turn = 0;
        const pages = await readPages(api, `/api/tasks?sort=${sort}&order=${order}&limit=7`, async () => {
          api.clock.now += 1000;
          turn += 1;
          const [edited, deleted] = touched.splice(turn % 2 === 0 ? 0 : -2, 2);
          await api.ask("POST", "/api/tasks", {
            json: { title: `task ${turn % 9}`, due_date: "2026-12-03", priority: "medium" },
          });
          if (edited !== undefined) {
            const json = {
              title: `zz ${turn}`,
              due_date: turn % 3 === 0 ? null : "2026-12-05",
              priority: turn % 2 === 0 ? null : "high",
            };
            await api.ask("PATCH", `/api/tasks/${edited}`, { json });
          }
          if (deleted !== undefined) await api.ask("DELETE", `/api/tasks/${deleted}`);
        });
        const seen = pages.flat().map(({ id }) => id);
        expect(seen.filter((id) => untouched.includes(id)).toSorted()).toEqual(untouched.toSorted());
        expect(pages.slice(0, -1).every((page) => page.length === 7)).toBe(true);
      },
    );

    test("sort by created and ascending without being told, and the Link says so", async () => {
      const api = openApi();
      await seed(api, 3);
      const { headers } = await api.ask("GET", "/api/tasks?limit=1");
      const query = new URLSearchParams((nextOf(headers) ?? "").split("?")[1]);
      expect(Object.fromEntries(query)).toEqual({
        status: "all",
        sort: "created",
        order: "asc",
        limit: "1",
        cursor: expect.stringMatching(/^[\w-]+$/),
      });
    });

    test("keep every filter in the Link", async () => {
      const api = openApi();
      const fields = {
        title: 'a "b" <c> & d+e %',
        tags: ["x", "y&z"],
        project: "P, Q; R",
        priority: "low",
        due_date: "2026-12-01",
      };
      for (let at = 0; at < 3; at += 1) await api.add(fields);
      const asked = {
        status: "pending",
        sort: "title",
        order: "desc",
        q: '"b" <c> & d+e %',
        project: "P, Q; R",
        priority: "low",
        due_before: "2027-01-01",
        due_after: "2026-11-01T00:00:00Z",
        limit: "1",
      };
      const query = new URLSearchParams(asked);
      for (const tag of fields.tags) query.append("tag", tag);
      const { headers } = await api.ask("GET", `/api/tasks?${query.toString()}`);
      const next = new URLSearchParams((nextOf(headers) ?? "").split("?")[1]);
      expect(next.getAll("tag")).toEqual(fields.tags);
      next.delete("tag");
      next.delete("cursor");
      expect(Object.fromEntries(next)).toEqual(asked);
      const pages = await readPages(api, nextOf(headers) ?? "");
      expect(pages.map((page) => page.length)).toEqual([1, 1]);
    });

    test("keep to the filter, page for page", async () => {
      const api = openApi();
      for (let at = 0; at < 20; at += 1) await api.add({ title: `${at}`, tags: at % 2 === 0 ? ["even"] : [] });
      const pages = await readPages(api, "/api/tasks?tag=even&limit=3");
      expect(pages.flat().map(({ title }) => Number(title) % 2)).toEqual(Array(10).fill(0));
      expect(pages.map((page) => page.length)).toEqual([3, 3, 3, 1]);
    });

    test("end without a Link also where the last one is full", async () => {
      const api = openApi();
      await seed(api, 14);
      expect((await readPages(api, "/api/tasks?limit=7")).map((page) => page.length)).toEqual([7, 7]);
    });

    test.each(["title", "created", "due_date"])(
      "by %s go on behind a task with the longest title there can be",
      async (sort) => {
        const api = openApi();
        for (const letter of ["字", "🏠", "\u0001x", '"\\']) {
          await api.add({ title: letter.repeat(500 / letter.length).slice(0, 500) });
          await api.add({ title: letter.repeat(250 / letter.length) });
        }
        await api.add({ title: "🏠".repeat(500) });
        const pages = await readPages(api, `/api/tasks?sort=${sort}&limit=1`);
        expect(pages.map((page) => page.length)).toEqual(Array(9).fill(1));
      },
    );

    test("have room for many filters beside the cursor", async () => {
      const api = openApi();
      const tags = Array.from({ length: 50 }, (_, at) => `tag-${at}`);
      for (let at = 0; at < 2; at += 1) await api.add({ tags });
      const pages = await readPages(api, `/api/tasks?limit=1&${tags.map((tag) => `tag=${tag}`).join("&")}`);
      expect(pages.map((page) => page.length)).toEqual([1, 1]);
    });
  });

  describe("the cursor of GET /api/tasks", () => {
    async function cursorOf(api: Api, query: string, as = "ann"): Promise<string> {
      const { headers } = await api.ask("GET", `/api/tasks?limit=1&${query}`, { as });
      return new URLSearchParams((nextOf(headers) ?? "").split("?")[1]).get("cursor") ?? "";
    }

    test.each([
      ["of another sort", "sort=title"],
      ["of the other direction", "order=asc"],
    ])("%s is refused", async (_, query) => {
      const api = openApi();
      await seed(api, 5);
      const cursor = await cursorOf(api, query);
      const { status, body } = await api.ask("GET", `/api/tasks?order=desc&cursor=${cursor}`);
      expect([status, body.errors[0].path]).toEqual([400, "cursor"]);
    });

    test("of a list with other filters begins behind the same place", async () => {
      const api = openApi();
      const ids = await seed(api, 9);
      const cursor = await cursorOf(api, "status=pending");
      const first = (await list(api, "?limit=1"))[0]?.id;
      const rest = (await list(api, `?cursor=${cursor}&status=all`)).map(({ id }) => id);
      expect(new Set([...rest, first])).toEqual(new Set(ids));
      expect(rest).toHaveLength(8);
    });

    test("of another user's list shows nothing of theirs", async () => {
      const api = openApi();
      for (let at = 0; at < 3; at += 1) await api.add({ title: `Theirs ${at}` }, "ben");
      const mine = await api.add({ title: "Mine" });
      const cursor = await cursorOf(api, "", "ben");
      for (const task of await list(api, `?cursor=${cursor}`)) expect(task).toEqual(mine);
    });

    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const ID = "019a9f3c-51c8-7000-8000-0000000000ff";

    test.each([
      ["nothing", ""],
      ["a word", "next"],
      ["base64 with padding", `${encode({ order: "created asc", key: "", id: ID })}=`],
      ["base64 of another alphabet", "+/+/"],
      ["bytes", "_____w"],
      ["a list", encode(["created asc", "", ID])],
      ["null", encode(null)],
      ["no id", encode({ order: "created asc", key: "" })],
      ["an id that is none", encode({ order: "created asc", key: "", id: "1' or 1=1" })],
      ["a key that is an object", encode({ order: "created asc", key: {}, id: ID })],
      ["a key of null", encode({ order: "created asc", key: null, id: ID })],
      ["an order that there is not", encode({ order: "id asc", key: "", id: ID })],
      ["a member too many", encode({ order: "created asc", key: "", id: ID, user: "ben" })],
      [
        "a member called __proto__",
        Buffer.from(`{"order":"created asc","key":"","id":"${ID}","__proto__":1}`).toString("base64url"),
      ],
      [
        "a number that is too large",
        Buffer.from(`{"order":"created asc","key":1e999,"id":"${ID}"}`).toString("base64url"),
      ],
      ["100,000 letters", "A".repeat(100_000)],
    ])("that is %s is refused", async (_, cursor) => {
      const api = openApi();
      await api.add();
      const { status, body } = await api.ask("GET", `/api/tasks?cursor=${cursor}`);
      expect([status, body.code, body.errors[0].path]).toEqual([400, "invalid_input", "cursor"]);
    });

    test.each(["", "~", "\u0000", "' or 1=1 --", "\ud800", 0, -1, 1e308, 5e-324])(
      "with the key %j answers tasks of one's own or is refused",
      async (key) => {
        const api = openApi();
        await api.add({}, "ben");
        const mine = await api.add();
        for (const [sort, order] of ORDERS) {
          const cursor = encode({ order: `${sort} ${order}`, key, id: ID });
          const { status, body } = await api.ask("GET", `/api/tasks?sort=${sort}&order=${order}&cursor=${cursor}`);
          expect([200, 400]).toContain(status);
          if (status === 200) for (const task of body) expect(task).toEqual(mine);
        }
      },
    );
  });
}
