import { describe, expect, test } from "bun:test";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const freshPath = useFreshPaths();

/** A draft as a killed process leaves it, so many minutes old. */
function leaveDraft(path: string, minutes: number): string {
  const draft = `${path}.4711-0a1b2c3d.new`;
  const when = new Date(Date.now() - minutes * 60_000);
  for (const suffix of ["", "-wal", "-shm"]) {
    writeFileSync(draft + suffix, "half");
    utimesSync(draft + suffix, when, when);
  }
  return draft;
}

describe("a folder in which a first command was killed", () => {
  test("is clean again after the next first command, an hour later", async () => {
    const path = freshPath();
    const draft = leaveDraft(path, 61);
    await openSqlite(path).store.close();
    expect(["", "-wal", "-shm"].filter((suffix) => existsSync(draft + suffix))).toEqual([]);
  });

  test("keeps what another process may still be writing", async () => {
    const path = freshPath();
    const draft = leaveDraft(path, 1);
    await openSqlite(path).store.close();
    expect(existsSync(draft)).toBe(true);
  });

  test("keeps files of other databases that only look alike", async () => {
    const path = freshPath();
    const draft = leaveDraft(`${path}x`, 61);
    await openSqlite(path).store.close();
    expect(existsSync(draft)).toBe(true);
  });
});
