import { afterAll, beforeAll, expect, test } from "bun:test";
import { usePostgresStores } from "../support/postgres/stores.ts";
import { createPostgresBacking, nameUsers } from "./postgres-backing.ts";
import type { Backing } from "./backing.ts";
import { simulateSeries } from "./series/simulate-series.ts";
import { simulate } from "./simulator.ts";

let shared: Backing | undefined;
let close = async () => {};
// Before the database goes, so it is registered before what removes that.
afterAll(() => close());
const openDatabase = usePostgresStores();

beforeAll(async () => {
  const { server } = await openDatabase("bun");
  shared = createPostgresBacking(server);
  close = () => server.store.close();
});

const SEEDS = Array.from({ length: 24 }, (_, at) => at + 1);

test.each(SEEDS.slice(0, 6))(
  "series and what belongs together have the same in the end, too: seed %d",
  async (seed) => {
    if (!shared) throw new Error("the database did not open");
    expect(await simulateSeries({ seed, backing: shared, users: nameUsers() })).toEqual([]);
  },
);

test.each(SEEDS)("replicas and a server on PostgreSQL have the same in the end: seed %d", async (seed) => {
  if (!shared) throw new Error("the database did not open");
  expect(await simulate({ seed, backing: shared, users: nameUsers() })).toEqual([]);
});
