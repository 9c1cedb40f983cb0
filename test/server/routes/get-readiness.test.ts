import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { renameSync } from "node:fs";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { type ErrorCode, TodoError } from "../../../src/domain/errors.ts";
import { alterStore, useApis } from "../../support/server/api.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const openApi = useApis();
const freshPath = useFreshPaths();

describe("GET /ready", () => {
  test("says that the store answers, to anyone", async () => {
    const { status, body } = await openApi().ask("GET", "/ready", { as: null });
    expect([status, body]).toEqual([200, { status: "ok", version: "1.2.3" }]);
  });

  test("is 503 while the server stops, though the store answers", async () => {
    const { status, body } = await openApi({ isDraining: () => true }).ask("GET", "/ready", { as: null });
    expect([status, body.code]).toEqual([503, "unavailable"]);
  });

  test.each<[ErrorCode, number]>([
    ["unavailable", 503],
    ["newer_store", 503],
    ["locked", 503],
    ["unreadable_store", 500],
  ])("names no file when the store answers %s", async (code, expected) => {
    const ping = () => Promise.reject(new TodoError(code, "/var/lib/todo.db: it is so"));
    const reply = await openApi({ store: alterStore(() => ({ ping })) }).ask("GET", "/ready", { as: null });
    expect(reply.status).toBe(expected);
    expect(JSON.stringify(reply.body)).not.toContain("/var/lib");
  });

  test("is 503 while the store does not answer in time", async () => {
    const ping = () => Promise.withResolvers<never>().promise;
    const api = openApi({ store: alterStore(() => ({ ping })), deadlineMs: 20 });
    expect((await api.ask("GET", "/ready", { as: null })).body.code).toBe("timed_out");
  });

  test("is 503 while the file of the database is away, and 200 when it is back", async () => {
    const path = freshPath();
    const api = openApi({ store: openSqlite(path).store });
    renameSync(path, `${path}.away`);
    const { status, body } = await api.ask("GET", "/ready", { as: null });
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(JSON.stringify(body)).not.toContain(path);
    renameSync(`${path}.away`, path);
    expect((await api.ask("GET", "/ready", { as: null })).status).toBe(200);
  });

  test.each([
    ["lacks a migration", "delete from migrations", "unavailable"],
    [
      "has one of a later version",
      "insert into migrations (name, applied_at) values ('9999_later', '')",
      "newer_store",
    ],
  ])("is 503 when the database %s", async (_, sql, code) => {
    const path = freshPath();
    const api = openApi({ store: openSqlite(path).store });
    const other = new Database(path, { readwrite: true });
    other.run(sql);
    other.close(true);
    const { status, body } = await api.ask("GET", "/ready", { as: null });
    expect([status, body.code]).toEqual([503, code]);
  });
});
