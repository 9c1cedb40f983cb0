import { expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { TodoError } from "../../../src/domain/errors.ts";
import type { PostgresConnection } from "../../../src/db/postgres/connection.ts";
import { createPostgresEngine } from "../../../src/db/postgres/engine.ts";

const SETTLED = { check: async () => undefined, requireCurrent: async () => undefined, node: () => "00000000" };

/** A connection that must not be used. */
const UNUSED: PostgresConnection = {
  query: () => Promise.reject(new Error("nothing is to be asked")),
  transaction: () => Promise.reject(new Error("nothing is to be written")),
  close: async () => undefined,
};

test("a unit of work in which two steps may refuse is refused before anything is sent, whichever would", async () => {
  const step = (code: "conflict" | "locked") => ({ query: sql`select 1`, refuse: () => new TodoError(code, "x") });
  const engine = createPostgresEngine(UNUSED, SETTLED);
  const [outcome] = await Promise.allSettled([engine.atomically("ann", [step("conflict"), step("locked")])]);
  expect(String(outcome.status === "rejected" && outcome.reason)).toContain("one step that refuses");
});
