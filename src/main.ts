import { existsSync } from "node:fs";
import { version } from "../package.json";
import { editText, keepText, makePrivateFolder, readBytes } from "./cli/files.ts";
import { run } from "./cli/run.ts";
import { createSink, createSource } from "./cli/streams.ts";
import { readLocalDay } from "./db/local-day.ts";

// Everything that this process makes is its owner's alone.
process.umask(0o077);

/** One command has one today, even over midnight. */
let localDay: string | undefined;

const exitCode = await run(process.argv.slice(2), {
  out: createSink(1),
  err: createSink(2),
  input: createSource(),
  env: process.env,
  around: {
    now: () => Date.now(),
    today: () => (localDay ??= readLocalDay()),
    timeZone: () => Temporal.Now.timeZoneId(),
    newId: () => Bun.randomUUIDv7(),
  },
  version,
  openStore: async (path) => (await import("./db/sqlite.ts")).openSqlite(path),
  fileExists: existsSync,
  makePrivateFolder,
  readFile: readBytes,
  keepText,
  editText,
});

// All output is written by now. Ending by itself would first tear the runtime down, which takes a millisecond.
process.exit(exitCode);
