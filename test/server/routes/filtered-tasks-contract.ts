import { describe, expect, test } from "bun:test";
import { MAX_FILTER_CHARACTERS } from "../../../src/domain/query/filter/limits.ts";
import type { WireTask } from "../../../src/contract/task.ts";
import type { Api, OpenApi } from "../../support/server/api.ts";

type Asked = Readonly<Record<string, string>>;

function ask(api: Api, asked: Asked, as = "ann") {
  return api.ask("GET", `/api/tasks?${new URLSearchParams(asked).toString()}`, { as });
}

async function titles(api: Api, asked: Asked, as = "ann"): Promise<string[]> {
  const { status, body } = await ask(api, asked, as);
  expect(status).toBe(200);
  return body.map(({ title }: WireTask) => title);
}

export function describeFilteredTasks(openApi: OpenApi): void {
  describe("GET /api/tasks?filter=", () => {
    /** Tasks of which each is found by something else. */
    async function openFurnished(): Promise<Api & { readonly house: WireTask }> {
      const api = openApi();
      const house = await api.add({ title: "House", project: "House.Roof", priority: "high", estimate_minutes: 30 });
      await api.add({ title: "Nail", parent: house.id, tags: ["Home"], due_date: "2026-11-20" });
      await api.add({ title: "Paint", parent: house.id, depends_on: [house.id], priority: "medium" });
      await api.add({ title: "Later", wait_until: "2026-11-21", tags: ["work"] });
      const done = await api.add({ title: "Done", tags: ["home"] });
      await api.ask("PATCH", `/api/tasks/${done.id}/complete`);
      const gone = await api.add({ title: "Gone", tags: ["home"] });
      await api.ask("DELETE", `/api/tasks/${gone.id}`);
      return { ...api, house };
    }

    test.each<[string, string[]]>([
      ["", ["House", "Nail", "Paint"]],
      ["  ", ["House", "Nail", "Paint"]],
      ["+home or priority>=medium", ["House", "Nail", "Paint"]],
      ["(+home or priority:high) not:estimate:any", ["Nail"]],
      ["+HOME", ["Nail"]],
      ["project:house !has:subtasks", ["Nail", "Paint"]],
      ["due:today", ["Nail"]],
      ["estimate<1h", ["House"]],
      ["is:blocked", ["Paint"]],
      ["is:blocking", ["House"]],
      ["is:waiting", ["Later"]],
      ["status:all +home", ["Nail", "Done", "Gone"]],
      ["status:completed completed:today", ["Done"]],
      ["nail or title:PAINT", ["Nail", "Paint"]],
      ["parent:none", ["House"]],
    ])("%s finds what the language says", async (filter, expected) => {
      expect(await titles(await openFurnished(), { filter })).toEqual(expected);
    });

    test("finds tasks by others, which it names by their handles or ids", async () => {
      const { house, ...api } = await openFurnished();
      for (const name of [house.handle, house.handle.slice(0, 5), house.id, house.id.toUpperCase()]) {
        expect(await titles(api, { filter: `under:${name}` })).toEqual(["Nail", "Paint"]);
        expect(await titles(api, { filter: `parent:${name} +home` })).toEqual(["Nail"]);
        expect(await titles(api, { filter: `depends:${name}` })).toEqual(["Paint"]);
        expect(await titles(api, { filter: `id:${name}` })).toEqual(["House"]);
      }
      const [paint] = (await ask(api, { filter: "title:paint" })).body;
      expect(await titles(api, { filter: `blocks:${paint.handle}` })).toEqual(["House"]);
    });

    test("finds nothing of anybody else's, and no task by theirs", async () => {
      const { house, ...api } = await openFurnished();
      expect(await titles(api, { filter: "status:all" }, "ben")).toEqual([]);
      for (const key of ["under", "parent", "depends", "id"]) {
        const { status, body } = await ask(api, { filter: `${key}:${house.handle}` }, "ben");
        expect([status, body.code, body.errors[0].at]).toEqual([400, "invalid_input", key.length + 1]);
      }
    });

    test("finds what the user's saved filters say", async () => {
      const api = await openFurnished();
      await api.ask("PUT", "/api/filters/late", { json: { filter: "due<=today status:all" } });
      await api.ask("PUT", "/api/filters/Mine", { json: { filter: "+home or filter:late" } });
      expect(await titles(api, { filter: "filter:mine" })).toEqual(["Nail", "Done", "Gone"]);
      expect(await titles(api, { filter: "not filter:mine priority:high" })).toEqual(["House"]);
      expect((await ask(api, { filter: "filter:mine" }, "ben")).status).toBe(400);
    });

    test("is saved only if it can be read, and what it names is part of that", async () => {
      const { status, body } = await openApi().ask("PUT", "/api/filters/x", { json: { filter: "+a or under:zzz" } });
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.errors).toEqual([{ path: "filter", message: 'no task "zzz"', at: 12, length: 3 }]);
    });

    test("is limited to the status that stands beside it, whatever the filter says of it", async () => {
      const api = await openFurnished();
      expect(await titles(api, { filter: "+home", status: "all" })).toEqual(["Nail", "Done"]);
      expect(await titles(api, { filter: "+home", status: "completed" })).toEqual(["Done"]);
      expect(await titles(api, { filter: "+work", status: "pending" })).toEqual(["Later"]);
      expect(await titles(api, { filter: "status:all +home", status: "pending" })).toEqual(["Nail"]);
      expect(await titles(api, { filter: "status:deleted", status: "all" })).toEqual([]);
    });

    test("must hold beside all other parameters", async () => {
      const api = await openFurnished();
      expect(await titles(api, { filter: "+home or +work", q: "nai" })).toEqual(["Nail"]);
      expect(await titles(api, { filter: "+work or priority:high", project: "House.Roof" })).toEqual(["House"]);
      expect(await titles(api, { filter: "due:any", due_before: "2026-11-21", sort: "title", order: "desc" })).toEqual([
        "Nail",
      ]);
      expect(await titles(api, { filter: "+home or priority:high", tag: "Home" })).toEqual(["Nail"]);
    });

    test("reads days in the zone of tz, by itself in UTC", async () => {
      const api = openApi();
      // It is 9 in the morning of the 20th in UTC, and 23 the day before in Honolulu.
      await api.add({ title: "yesterday", due_date: "2026-11-19" });
      await api.add({ title: "today", due_date: "2026-11-20" });
      await api.add({ title: "late", due_date: "2026-11-20T23:30:00Z" });
      expect(await titles(api, { filter: "due:today" })).toEqual(["today", "late"]);
      expect(await titles(api, { filter: "due:today", tz: "UTC" })).toEqual(["today", "late"]);
      expect(await titles(api, { filter: "due:today", tz: "Pacific/Honolulu" })).toEqual(["yesterday"]);
      expect(await titles(api, { filter: "due:today", tz: "europe/berlin" })).toEqual(["today"]);
      expect(await titles(api, { due_before: "2026-11-21", tz: "Europe/Berlin" })).toEqual(["yesterday", "today"]);
    });

    test.each([
      [{ tz: "Mars/Olympus" }, "tz"],
      [{ tz: "" }, "tz"],
      [{ tz: "+01:00", filter: "due:today" }, "tz"],
      [{ status: "cancelled", filter: "+a" }, "status"],
    ])("beside %j is refused, by name", async (asked, path) => {
      const { status, body } = await ask(openApi(), asked);
      expect([status, body.code]).toEqual([400, "invalid_input"]);
      expect(body.errors).toEqual([{ path, message: expect.stringMatching(/\S/) }]);
    });

    test.each<[string, string, { at: number; length: number; suggestion?: string }]>([
      ["due<fridy", '"fridy" is not a date', { at: 4, length: 5, suggestion: "Did you mean friday?" }],
      ["+home or", 'something is missing behind "or"', { at: 8, length: 0 }],
      ["(+home or +work", "this ( is not closed; one that is looked for goes in quotes", { at: 0, length: 1 }],
      ["stauts:all", "stauts: is no filter term", { at: 0, length: 7, suggestion: "Did you mean status:all?" }],
      ["日本 or due:soon", '"soon" is not a date', { at: 10, length: 4 }],
      ["+a or under:zzz", 'no task "zzz"', { at: 12, length: 3 }],
      ["filter:errands", 'there is no saved filter "errands"', { at: 7, length: 7 }],
      [
        "completed",
        '"completed" is no filter term',
        { at: 0, length: 9, suggestion: "Did you mean status:completed?" },
      ],
      ["+a\u0000", "tag contains a NUL character", { at: 1, length: 2 }],
      [`"${"x".repeat(501)}"`, "search has 501 characters, at most 500 are allowed", { at: 0, length: 503 }],
      [
        "x".repeat(MAX_FILTER_CHARACTERS + 2),
        "a filter can have 4000 characters",
        { at: MAX_FILTER_CHARACTERS, length: 2 },
      ],
    ])("that is wrong is refused with its place: %s", async (filter, message, place) => {
      const { status, body } = await ask(openApi(), { filter });
      expect([status, body.code, body.detail]).toEqual([400, "invalid_input", message]);
      expect(body.errors).toEqual([{ path: "filter", message, ...place }]);
    });

    test("of a handle that fits several tasks is refused, and names none of them", async () => {
      const api = openApi();
      const known = new Map<string, string>();
      for (let count = 0; count < 400; count += 1) {
        const { handle } = await api.add();
        const prefix = handle.slice(0, 3);
        if (known.has(prefix)) {
          const { status, body } = await ask(api, { filter: `id:${prefix}` });
          const message = `"${prefix}" fits more than one task`;
          expect([status, body.code]).toEqual([400, "invalid_input"]);
          expect(body.errors).toEqual([{ path: "filter", message, at: 3, length: 3 }]);
          return;
        }
        known.set(prefix, handle);
      }
      throw new Error("no two handles began alike");
    });

    describe("in pages", () => {
      async function openPages(): Promise<Api> {
        const api = openApi();
        for (let at = 0; at < 12; at += 1) {
          await api.add({ title: `${at}`, tags: at % 3 === 0 ? ["x"] : [], due_date: "2026-11-20" });
        }
        return api;
      }

      function nextOf(headers: Headers): string | undefined {
        return /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
      }

      test("keeps to the filter and its zone", async () => {
        const api = await openPages();
        const asked = { filter: "not:+x (due:today or due:none)", tz: "Europe/Berlin", limit: "3", sort: "title" };
        const seen: string[][] = [];
        let address: string | undefined = `/api/tasks?${new URLSearchParams(asked).toString()}`;
        while (address !== undefined) {
          const { headers, body }: Awaited<ReturnType<Api["ask"]>> = await api.ask("GET", address);
          seen.push(body.map(({ title }: WireTask) => title));
          address = nextOf(headers);
          const next = new URLSearchParams(address?.split("?")[1]);
          next.delete("cursor");
          if (address !== undefined) expect(Object.fromEntries(next)).toEqual({ ...asked, order: "asc" });
        }
        expect(seen.map((page) => page.length)).toEqual([3, 3, 2]);
        expect(seen.flat().toSorted()).toEqual(["1", "10", "11", "2", "4", "5", "7", "8"]);
      });

      test.each<[string, Asked]>([
        ["another filter", { filter: "not:+y" }],
        ["no filter", {}],
        ["another zone", { filter: "not:+x", tz: "Asia/Tokyo" }],
      ])("refuses a cursor with %s", async (_, other) => {
        const api = await openPages();
        const { headers } = await ask(api, { filter: "not:+x", limit: "1" });
        const cursor = new URLSearchParams(nextOf(headers)?.split("?")[1]).get("cursor") ?? "";
        expect((await ask(api, { filter: "not:+x", cursor })).status).toBe(200);
        const { status, body } = await ask(api, { ...other, cursor });
        expect([status, body.errors[0].path]).toEqual([400, "cursor"]);
      });
    });
  });
}
