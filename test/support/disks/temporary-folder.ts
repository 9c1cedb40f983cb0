import { afterEach, beforeEach } from "bun:test";
import { mkdirSync } from "node:fs";
import { useScratch } from "./scratch.ts";

/** Gives each test of a file an empty folder as TMPDIR. Answers the path of a name in the scratch folder of the file. */
export function useTemporaryFolder(): ReturnType<typeof useScratch> {
  const scratch = useScratch();
  const before = process.env["TMPDIR"];
  beforeEach(() => {
    process.env["TMPDIR"] = scratch(crypto.randomUUID());
    mkdirSync(process.env["TMPDIR"]);
  });
  afterEach(() => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  });
  return scratch;
}
