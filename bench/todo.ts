import { mkdirSync, rmSync, writeFileSync } from "node:fs";
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
  const env = { XDG_CONFIG_HOME: `${folder}/config`, TODO_DB: "" };
  writeLogin(`${folder}/config/todo`);
  return [
    { name: "todo whoami", prepare: () => [binary, "whoami"], env },
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

/** As `todo login` leaves it. */
function writeLogin(folder: string): void {
  const server = "https://todo.example.com";
  const login = { token: "x".repeat(400), refresh_token: "y".repeat(73), user: "acct_1", email: "ada@example.com" };
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/config.json`, JSON.stringify({ server }));
  writeFileSync(`${folder}/credentials.json`, JSON.stringify({ [server]: login }), { mode: 0o600 });
}

function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}
