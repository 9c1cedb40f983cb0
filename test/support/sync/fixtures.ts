import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireSyncAnswer, WireSyncRequest } from "../../../src/contract/sync.ts";

const FOLDER = join(import.meta.dir, "../../fixtures");

/** A request that was sent once, and what was answered. */
export type Recorded = {
  readonly name: string;
  readonly about: string;
  readonly request: WireSyncRequest;
} & (
  | { readonly status: 200; readonly answer: WireSyncAnswer }
  | { readonly status: 400 | 409 | 422 | 426; readonly answer: { readonly code: string } }
);

/** What was said in the first version of the protocol, in its order, by and to a user who is called so here. */
export function readProtocol(user: string, name: "protocol-1" | "protocol-1-series" = "protocol-1"): Recorded[] {
  const folder = join(FOLDER, name);
  return readdirSync(folder)
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8").replaceAll(/acct_[\da-f-]{36}/g, user);
      return { name: file, ...JSON.parse(text) };
    });
}

/** A saved text of JSON. */
export function readJson(...names: readonly string[]): ReturnType<typeof JSON.parse> {
  return JSON.parse(readFileSync(join(FOLDER, ...names), "utf8"));
}

/** Makes a file of a saved database and answers its path. */
export function unpackDatabase(name: string, path: string): string {
  writeFileSync(path, Bun.gunzipSync(readFileSync(join(FOLDER, "databases", `${name}.sqlite.gz`))));
  return path;
}
