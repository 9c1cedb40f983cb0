import { describe, expect, test } from "bun:test";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dir, "../..");
const TEXTS = globSync("{*.md,docs/**/*.md}", { cwd: ROOT }).toSorted();
const NAMES = new Set(globSync("{src,test,scripts,bench}/**/*.ts", { cwd: ROOT }).map((path) => basename(path)));

/** A file or folder, named from the top of the repository. */
const PATH = /(?<![\w/.-])(?:src|test|scripts|bench|docs|patches|\.ci)\/[\w./@-]*\w/g;
/** A file that is named alone, after the text has said in which folder it is. */
const NAME = /`([\w-]+(?:\.[\w-]+)*\.ts)`/g;
/** Where a link leads that stays in the repository. */
const LINK = /\]\((?!https?:|#)([^)#\s]+)/g;
/** One in capitals (`NAME.ts`) is for the reader to fill in. */
const TO_FILL_IN = /\b[A-Z]{4,}\b.*\.(?:ts|sql)$/;

/** What a text names that is not there. Links count from the folder of the text. */
function findMissing(text: string, folder: string): string[] {
  const paths = [...text.matchAll(PATH)].map(([path]) => path).filter((path) => !TO_FILL_IN.test(path));
  const names = [...text.matchAll(NAME)].map(([, name = ""]) => name).filter((name) => !TO_FILL_IN.test(name));
  const links = [...text.matchAll(LINK)].map(([, link = ""]) => join(folder, link));
  return [
    ...names.filter((name) => !NAMES.has(name)),
    ...[...paths, ...links].filter((path) => !existsSync(resolve(ROOT, path))),
  ];
}

describe("who follows the documentation into the code", () => {
  test.each(TEXTS)("finds every file that %s names", (name) => {
    expect(findMissing(readFileSync(resolve(ROOT, name), "utf8"), dirname(name))).toEqual([]);
  });

  test("finds every decision in the list of them", () => {
    const list = readFileSync(resolve(ROOT, "docs/decisions/README.md"), "utf8");
    const listed = [...list.matchAll(LINK)].map(([, link]) => link);
    expect(listed).toEqual(globSync("0*.md", { cwd: resolve(ROOT, "docs/decisions") }).toSorted());
  });

  test("is led nowhere by none of these", () => {
    expect(findMissing("`src/gone.ts`, `gone.ts`, [this](gone.md), `src/NAME.ts`, `NAME.ts`", "docs")).toEqual([
      "gone.ts",
      "src/gone.ts",
      "docs/gone.md",
    ]);
    expect(findMissing("`src/main.ts`, `main.ts`, [this](../README.md#use), src/db/sqlite.", "docs")).toEqual([]);
  });
});
