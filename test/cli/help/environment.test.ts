import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONFIG_KEYS, SETTINGS } from "../../../src/cli/config/keys.ts";
import { VARIABLES } from "../../../src/cli/help/topics/environment.ts";
import { createProgram } from "../../../src/cli/program.ts";
import { readServerSettings } from "../../../src/server/settings.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const SOURCE = join(import.meta.dir, "../../../src");
const ALL = Object.values(VARIABLES).flat();

/** It is read to be refused. */
const NO_LONGER = "TODO_PROXIES";

/** Reads of a variable by name, names that tables hold, and those that begin as ours do. */
const READ = /\benv(?:\["|\.)([A-Z][A-Z_]+)\b|variable: "([A-Z_]+)"|"((?:TODO|NEON|BETTER_AUTH|DATABASE)_[A-Z_]+)"/g;

function findReads(): string[] {
  const files = [...new Bun.Glob("**/*.ts").scanSync(SOURCE)].filter((file) => !file.startsWith("cli/help/"));
  return files.flatMap((file) => {
    const found = readFileSync(join(SOURCE, file), "utf8").matchAll(READ);
    return [...found].map(([, byEnv, byTable, byPrefix]) => byEnv ?? byTable ?? byPrefix ?? "");
  });
}

describe("todo help environment", () => {
  test("names every variable that the program reads, and no other", () => {
    const read = new Set(findReads().filter((name) => name !== NO_LONGER));
    expect(ALL.map(({ name }) => name).toSorted()).toEqual([...read].toSorted());
  });

  test("names the setting of each variable that has one", () => {
    const told = ALL.flatMap(({ name, setting }) => (setting === undefined ? [] : [`${setting} ${name}`]));
    expect(told.toSorted()).toEqual(CONFIG_KEYS.map((key) => `${key} ${SETTINGS[key].variable}`).toSorted());
  });

  test("names only options that commands have", async () => {
    const { commands } = await createProgram(openTerminal().io, [], undefined);
    const options = new Set(commands.flatMap((command) => command.options.map(({ long }) => long ?? "")));
    for (const { option = "--db" } of ALL) expect(options).toContain(option.split("=")[0] ?? "");
  });

  test("tells the limits that a server has without them", () => {
    const { userLimit, addressLimit, signInLimit, signUpLimit, quotas } = readServerSettings({}, "127.0.0.1");
    const limits = Object.entries(VARIABLES).find(([heading]) => heading.startsWith("Limits"))?.[1];
    expect(limits?.map(({ fallback }) => Number(fallback))).toEqual([
      userLimit,
      addressLimit,
      signInLimit,
      signUpLimit,
      quotas.tasks,
      quotas.bytes,
      quotas.devices,
      quotas.tokens,
    ]);
  });
});
