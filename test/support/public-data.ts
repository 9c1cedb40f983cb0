import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** A folder of the public test data, which lies beside the checkout. Throws where it is not there. */
export function findPublicData(name: string): string {
  const folder = resolve(import.meta.dir, "../../../shared/data", name);
  if (existsSync(folder)) return folder;
  throw new Error(
    `${folder} is not there. These tests read public test data from it; the others (bun run test) don't.`,
  );
}
