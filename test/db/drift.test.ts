import { describe, expect, test } from "bun:test";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { postgresMigrations } from "../../src/db/postgres/migrations.ts";
import { sqliteMigrations } from "../../src/db/sqlite/migrations.ts";
import { useScratch } from "../support/disks/scratch.ts";

const PROJECT = join(import.meta.dir, "../..");
const scratch = useScratch();

/** A copy of all that drizzle-kit reads, because it writes where its configuration is. */
function copyProject(name: string): string {
  const folder = scratch(name);
  mkdirSync(folder);
  const needed = ["package.json", "tsconfig.json", "src/db", "src/domain", `drizzle.${name}.config.ts`];
  for (const path of needed) cpSync(join(PROJECT, path), join(folder, path), { recursive: true });
  symlinkSync(join(PROJECT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function readMigrations(folder: string, dialect: string): Record<string, string> {
  const root = join(folder, "src/db", dialect, "migrations");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.(sql|json)$/.test(name));
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(root, name), "utf8")]));
}

async function generate(folder: string, dialect: string): Promise<string> {
  const command = [
    process.execPath,
    "x",
    "--no-install",
    "drizzle-kit",
    "generate",
    "--config",
    `drizzle.${dialect}.config.ts`,
  ];
  const env = { PATH: process.env["PATH"], HOME: folder, NO_COLOR: "1" };
  const child = Bun.spawn(command, { cwd: folder, env, stdout: "pipe", stderr: "pipe" });
  const [out, errors] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  return out + errors;
}

describe("the migrations that are there", () => {
  test.each(["sqlite", "postgres"])(
    "are all that the tables need on %s",
    async (dialect) => {
      const folder = copyProject(dialect);
      const before = readMigrations(folder, dialect);
      expect(await generate(folder, dialect)).toContain("No schema changes");
      expect(readMigrations(folder, dialect)).toEqual(before);
      expect(Object.keys(before)).not.toEqual([]);
    },
    30_000,
  );

  test.each([
    ["sqlite", sqliteMigrations],
    ["postgres", postgresMigrations],
  ] as const)("are each in the list that is applied on %s, in their order, to the letter", (dialect, migrations) => {
    const files = Object.entries(readMigrations(PROJECT, dialect)).filter(([name]) => name.endsWith(".sql"));
    const listed = migrations.map(({ name, sql }): [string, string] => [`${name}.sql`, sql]);
    expect(listed).toEqual(files);
  });
});
