import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONFIG_KEYS, SETTINGS } from "../../src/cli/config/keys.ts";
import { VARIABLES } from "../../src/cli/help/topics/environment.ts";
import { TERM_KEYS, TERM_WORDS } from "../../src/domain/query/terms.ts";
import { FIELD_KEYS } from "../../src/domain/task/field-keys.ts";

const NAMES = ["README.md", "docs/server.md", "docs/postgres.md"];
const [README = "", ...GUIDES] = NAMES.map((name) => readFileSync(join(import.meta.dir, "../..", name), "utf8"));
const TEXTS = [README, ...GUIDES];

/** What other programs set. The help names them, and who reads the guides does not have to know them. */
const OF_THE_SYSTEM = new Set([
  "BASH_COMPLETION_USER_DIR",
  "BROWSER",
  "DISPLAY",
  "HOME",
  "SHELL",
  "SSH_CONNECTION",
  "TMPDIR",
  "TZDIR",
  "WAYLAND_DISPLAY",
]);

/** The cells of each table with a heading that begins so, row by row. */
function readRows(text: string, heading: RegExp): string[][] {
  const tables = text.split("\n\n").filter((part) => heading.test(part));
  const rows = tables.flatMap((table) => table.split("\n").slice(2));
  return rows.map((row) => row.split(/(?<!\\)\|/).slice(1, -1));
}

function readCode(cell = ""): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

/** The keys and words that a table of the language explains, without their values, tags and priorities. */
function readWords(heading: RegExp): Set<string> {
  const typed = readRows(README, heading).flatMap(([cell]) => readCode(cell));
  return new Set(
    typed.map((word) => word.split(/[:.<>=]/)[0] ?? "").filter((word) => !/^\+|^p\d$|^parcel$/.test(word)),
  );
}

const namesOf = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name).toSorted();

describe("the tables of the guides", () => {
  test("explain every word that sets a field", () => {
    expect([...readWords(/^\| you type +\| what it sets/)].toSorted()).toEqual(namesOf(FIELD_KEYS));
  });

  test("explain every term of a filter", () => {
    const words = [...readWords(/^\| you type +\| what is listed/)];
    expect(words.toSorted()).toEqual(namesOf([...TERM_KEYS, ...TERM_WORDS]));
  });

  test("explain every variable that the program reads and a person may set, and no other", () => {
    const told = TEXTS.flatMap((text) => readRows(text, /^\| variable/)).flat();
    const names = told.flatMap(readCode).filter((code) => /^[A-Z_]{2,}(?:=|$)/.test(code));
    const read = namesOf(Object.values(VARIABLES).flat()).filter((name) => !OF_THE_SYSTEM.has(name));
    const unique = new Set(names.map((name) => name.split("=")[0] ?? "").filter((name) => name !== "NEW,OLD"));
    expect([...unique].toSorted()).toEqual(read);
  });

  test("explain each variable in one place", () => {
    const explained = TEXTS.flatMap((text) => readRows(text, /^\| variable/)).flatMap(([cell]) => readCode(cell));
    expect(explained).toEqual([...new Set(explained)]);
  });

  test("name the setting of a variable", () => {
    const rows = readRows(README, /^\| variable +\| setting/);
    const told = rows.flatMap(([variable, setting]) => readCode(setting).map((key) => [key, ...readCode(variable)]));
    const variables = new Map<string, string>(CONFIG_KEYS.map((key) => [key, SETTINGS[key].variable]));
    expect(told).not.toEqual([]);
    expect(told).toEqual(told.map(([key = ""]) => [key, variables.get(key) ?? "none"]));
    for (const key of CONFIG_KEYS) expect(TEXTS.join("\n")).toContain(`\`${key}\``);
  });
});
