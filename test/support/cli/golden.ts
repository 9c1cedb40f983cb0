import { expect } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const FOLDER = join(import.meta.dir, "../../golden");

/**
 * Compares a text with a file under test/golden, byte for byte. With `UPDATE_GOLDEN=1` the file is written instead; otherwise
 * one that is not there is a failure.
 */
export function expectGolden(name: string, text: string): void {
  const path = join(FOLDER, name);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (!existsSync(path))
    throw new Error(`${path} is missing. Look at the text and write it with UPDATE_GOLDEN=1:\n${text}`);
  expect(text).toBe(readFileSync(path, "utf8"));
}

/** The golden files in a folder, to find those that no test compares with any more. */
export function listGolden(folder: string): string[] {
  return readdirSync(join(FOLDER, folder)).toSorted();
}
