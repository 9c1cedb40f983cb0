import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dir, "../../..");
const BINARY = join(ROOT, "dist/todo");
const SOURCES = ["package.json", "scripts/build.ts", "src"];

/** The built program. Throws where it is missing or older than what it is built from: what such a one does says nothing. */
export function findBinary(): string {
  const built = statSync(BINARY, { throwIfNoEntry: false })?.mtimeMs;
  if (built === undefined) throw new Error(`${BINARY} is not there. Build it first: bun run build`);
  const newer = SOURCES.flatMap((name) => listFiles(join(ROOT, name))).find((path) => statSync(path).mtimeMs > built);
  if (newer !== undefined) throw new Error(`${BINARY} is older than ${newer}. Build it again: bun run build`);
  return BINARY;
}

function listFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
