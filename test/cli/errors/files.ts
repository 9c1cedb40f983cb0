import { Database } from "bun:sqlite";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import type { ErrorCase } from "./error-case.ts";

/** What is wrong with a file. `folder` is a folder that may be written to. */
export function listFileErrors(folder: string): readonly ErrorCase[] {
  const write = (name: string, content: string | Uint8Array = ""): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const importing = (name: string, stdin: string | Uint8Array): ErrorCase => ({
    name,
    argv: ["import", "-"],
    exit: 2,
    setup: { stdin },
  });
  const opening = (name: string, path: string): ErrorCase => ({
    name,
    argv: ["list", "--db", path],
    exit: 1,
    hide: folder,
  });
  return [
    { name: "import-of-no-file", argv: ["import", join(folder, "none.json")], exit: 1, hide: folder },
    { name: "import-of-a-folder", argv: ["import", folder], exit: 1, hide: folder },
    importing("import-of-bytes", new Uint8Array([0xff, 0xfe, 0x00])),
    importing("import-of-prose", "Pay rent\nMilk\n"),
    importing("import-of-a-cut-off-array", '[\n{"title":"Milk"},\n{"title":"Br'),
    importing("import-of-a-number", "42"),
    importing(
      "import-of-bad-records-in-an-array",
      '[\n  {"title": "Milk"},\n  {"title": ""},\n  {"titel": "Bread"}\n]\n',
    ),
    importing(
      "import-of-bad-records-in-ndjson",
      '{"title":"Milk"}\n{"title":\n\n{"title":"x","due_date":"2026-02-31"}\n',
    ),
    importing(
      "import-of-very-many-bad-records",
      JSON.stringify(
        Array.from({ length: 30 }, () => ({ title: "" })),
        null,
        1,
      ),
    ),
    { name: "backup-onto-a-file", argv: ["backup", write("taken.db")], exit: 5, hide: folder },
    { name: "backup-into-no-folder", argv: ["backup", join(folder, "none", "copy.db")], exit: 1, hide: folder },
    opening("database-is-a-folder", folder),
    opening("database-is-a-text", write("notes.txt", "Pay rent\n".repeat(200))),
    opening("database-is-empty", write("empty.db")),
    opening("database-of-another-program", makeForeign(write("foreign.db"))),
    opening("database-of-a-newer-version", makeNewer(join(folder, "newer.db"))),
    {
      name: "doctor-finds-something",
      argv: ["doctor", "--db", makeDamaged(join(folder, "damaged.db"))],
      exit: 1,
      hide: folder,
    },
    opening("database-in-no-folder", join(folder, "none", "todo.db")),
  ];
}

function makeForeign(path: string): string {
  const raw = new Database(path);
  raw.run("create table songs (name text)");
  raw.close();
  return path;
}

function makeNewer(path: string): string {
  return change(path, "insert into migrations (name, applied_at) values ('0099_future', '')");
}

function makeDamaged(path: string): string {
  return change(path, "drop index tasks_handle");
}

function change(path: string, statement: string): string {
  openSqlite(path);
  const raw = new Database(path);
  raw.run(statement);
  raw.close();
  return path;
}
