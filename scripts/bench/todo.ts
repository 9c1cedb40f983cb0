import { rmSync, writeFileSync } from "node:fs";
import { type BenchCommand, readLine, timeRun } from "./measure.ts";
import { IMPORTED, makeSample } from "./sample.ts";

/** Fills a database and answers the commands to measure on it. */
export function setUpTodo(binary: string, folder: string, size: number): BenchCommand[] {
  const database = `${folder}/todo.db`;
  const fresh = `${folder}/fresh.db`;
  const file = `${folder}/sample.ndjson`;
  const imported = `${folder}/imported.ndjson`;
  writeSample(file, size);
  writeSample(imported, IMPORTED);
  timeRun([binary, "import", file, "--db", database]);
  const command = (name: string, ...args: string[]): BenchCommand => ({
    name: `todo ${name}`,
    prepare: () => [binary, ...args, "--db", database],
  });
  return [
    command("add", "add", "One", "more", "task", "+home"),
    command("list --limit 50", "list", "--limit", "50"),
    command("list", "list"),
    {
      name: "todo done",
      prepare: () => [
        binary,
        "done",
        readLine([binary, "list", "--quiet", "--limit", "1", "--db", database]),
        "--db",
        database,
      ],
    },
    command("export", "export"),
    {
      name: "todo import of 10,000",
      prepare: () => {
        removeDatabase(fresh);
        return [binary, "import", imported, "--db", fresh];
      },
    },
  ];
}

function writeSample(file: string, size: number): void {
  const lines = makeSample(size).map((task) => `${JSON.stringify(task)}\n`);
  writeFileSync(file, lines.join(""));
}

function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}
