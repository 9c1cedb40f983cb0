import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SORTS } from "../../src/domain/query/query.ts";
import type { Fields } from "../../src/domain/task/registers.ts";
import { ENDPOINTS } from "../../src/server/endpoints.ts";
import { type Api, type OpenApi, useApis } from "../support/server/api.ts";
import { DRIVERS } from "../support/postgres/stores.ts";
import { usePostgresUsers } from "../support/postgres/users.ts";
import { anyLine, anyStored, TITLES } from "./any-line.ts";
import { play, SESSION } from "./scripted-session.ts";

const openInMemory = useApis();
const openOthers = DRIVERS.map((driver) => [driver, useApis(usePostgresUsers(driver))] as const);

/** An API that makes the same ids as any other, and shows the same moments. */
function openAlike(openApi: OpenApi): Api {
  let made = 0;
  const newId = () => `019a9f3c-51c8-7000-8000-${String((made += 1)).padStart(12, "0")}`;
  return openApi(({ now }) => ({ system: { now, newId, today: () => "2026-11-20", timeZone: () => "UTC" } }));
}

/** One API over each kind of store, with the same tasks of Ann's. */
async function openAll(tasks: readonly Fields[]): Promise<Api[]> {
  const edits = tasks.map((fields, at) => ({ id: idAt(at), fields }));
  const apis = [openInMemory, ...openOthers.map(([, open]) => open)].map((openApi) => openApi());
  for (const { store, clock } of apis) await store.commit("ann", { action: "add", now: clock.now, edits });
  return apis;
}

/** Ids that are not in the order of the tasks. */
function idAt(at: number): string {
  return `019a9f3c-51c8-7000-8000-${String((at * 7919) % 10_007).padStart(12, "0")}`;
}

async function listAll(apis: readonly Api[], path: string): Promise<string[]> {
  return Promise.all(
    apis.map(async ({ send }) => {
      const response = await send("GET", path);
      return `${response.status} ${response.headers.get("link")} ${await response.text()}`;
    }),
  );
}

/** The path of the route that a request is for. */
function writeTemplate(path: string): string {
  if (ENDPOINTS.some((endpoint) => endpoint.path === path)) return path;
  return path
    .replace(/^(\/api\/tasks)\/[^/?]+/, "$1/{id}")
    .replace(/\/notes\/.+/, "/notes/{note}")
    .replace(/\/filters\/.+/, "/filters/{name}");
}

describe("the replies", () => {
  test("of the session come from every route, with every status but those of a broken server", async () => {
    const spoken = await play(openAlike(openInMemory), SESSION);
    const seen = new Set(spoken.map(({ status }) => status));
    expect(seen).toEqual(new Set([200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 412, 413, 415, 426]));
    const asked = SESSION.map(([method, path]) => `${method} ${writeTemplate(path)}`);
    // What accounts and the page are answered with is random.
    const routes = ENDPOINTS.filter(({ access, path }) => access !== "account" && !/^\/api\/(?:auth|web)\//.test(path));
    for (const { method, path } of routes) expect(asked).toContain(`${method.toUpperCase()} ${path}`);
  });

  test.each(openOthers)("are the same bytes through the driver %s as from memory", async (_, openApi) => {
    const expected = await play(openAlike(openInMemory), SESSION);
    expect(await play(openAlike(openApi), SESSION)).toEqual(expected);
  });

  test.each(SORTS)("to a list by %s are the same in any store, whichever the page before came from", async (sort) => {
    const apis = await openAll(
      TITLES.map((title, at) => ({
        title,
        created_at: `2026-11-0${(at % 7) + 1}T00:00:00.000Z`,
        ...(at % 3 > 0 && { due_date: at % 4 === 0 ? "2026-12-01T10:00:00Z" : `2026-12-0${(at % 5) + 1}` }),
        ...(at % 4 > 0 && { priority: ["high", "medium", "low"][at % 3] ?? null }),
      })),
    );
    for (const order of ["asc", "desc"]) {
      let pages = 0;
      for (let next: string | undefined = `/api/tasks?sort=${sort}&order=${order}&limit=9`; next !== undefined;) {
        const [expected = "", ...others] = await listAll(apis, next);
        expect(others).toEqual(others.map(() => expected));
        next = /^200 <(.+)>; rel="next" /.exec(expected)?.[1];
        pages += 1;
      }
      expect(pages).toBe(Math.ceil(TITLES.length / 9));
    }
  });

  test("to a search are the same in any store, whatever is folded", async () => {
    const apis = await openAll(
      TITLES.map((title, at) => (at % 2 === 0 ? { title } : { title: "x", description: title })),
    );
    const texts = new Set(TITLES.flatMap((title) => [title, title.toLowerCase(), title.toUpperCase()]));
    for (const text of texts) {
      const [expected = "", ...others] = await listAll(apis, `/api/tasks?limit=200&q=${encodeURIComponent(text)}`);
      expect([text, ...others]).toEqual([text, ...others.map(() => expected)]);
    }
  });

  test("to any search and sort are the same in any store", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStored, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        fc.boolean(),
        async (titles, at, up) => {
          const apis = await openAll(titles.map((title) => ({ title })));
          const title = titles[at % titles.length] ?? "";
          const part = title.slice(at % 3, (at % 3) + 1 + (at % 4)).toWellFormed();
          const query = `sort=title&limit=200&q=${encodeURIComponent(up ? part.toUpperCase() : part)}`;
          const [expected = "", ...others] = await listAll(apis, `/api/tasks?${query}`);
          expect(others).toEqual(others.map(() => expected));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("to any session are the same bytes in any store", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 30 }), async (lines) => {
        const [expected, ...others] = await Promise.all(
          [openInMemory, ...openOthers.map(([, open]) => open)].map((openApi) => play(openAlike(openApi), lines)),
        );
        for (const other of others) expect(other).toEqual(expected ?? []);
      }),
      { numRuns: 20 },
    );
  });
});
