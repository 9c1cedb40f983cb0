import { existsSync } from "node:fs";
import { version } from "../package.json";
import { readArgumentBytes } from "./cli/platform/arguments.ts";
import { findRunningProgram, startInBackground } from "./cli/platform/background-process.ts";
import { openBrowser } from "./cli/platform/browser.ts";
import { changeFile } from "./cli/platform/change-file.ts";
import { findExposure, readNamedSecret } from "./cli/platform/checked-files.ts";
import { editText } from "./cli/platform/edit-text.ts";
import { keepText, makePrivateFolder, readBytes } from "./cli/platform/files.ts";
import {
  updatePrivateFile,
  readOrCreateSecret,
  readPrivateFile,
  backUpCorrupt,
  withFileLock,
} from "./cli/platform/private-files.ts";
import { run } from "./cli/run.ts";
import { createSink, createSource } from "./cli/platform/streams.ts";
import { createKeychainAccess } from "./cli/platform/keychain.ts";
import { systemKeychain } from "./cli/platform/system-keychain.ts";
import { createLocalZone } from "./cli/platform/local-zone.ts";
import { readLocalClock } from "./db/sqlite/local-clock.ts";

// Everything that this process makes is its owner's alone.
process.umask(0o077);

const { env } = process;
const err = createSink(2);
const zone = createLocalZone(env, readLocalClock);
const system = {
  now: () => Date.now(),
  today: zone.today,
  timeZone: zone.timeZone,
  newId: () => Bun.randomUUIDv7(),
};

/** Not a command: with it a server starts this program once more to read for it. */
const READER = "__reader";

const args = process.argv.slice(2);
if (args[0] === READER && process.send) {
  await (await import("./db/sqlite/reader.ts")).serveReads();
  process.exit();
}

const exitCode = await run(args, {
  out: createSink(1),
  err,
  input: createSource(),
  env,
  system,
  zoneProblem: zone.problem,
  version,
  openStore: async (path, { isShared = false } = {}) => {
    const { openSqlite } = await import("./db/sqlite/database.ts");
    return openSqlite(path, isShared ? { readers: await createReaders() } : {});
  },
  openDatabase: async (url, options) => (await import("./db/postgres/database.ts")).openPostgres(url, env, options),
  fileExists: existsSync,
  makePrivateFolder,
  readFile: readBytes,
  readNamedSecret,
  readOrCreateSecret,
  readPrivateFile,
  findExposure,
  updatePrivateFile,
  changeFile,
  withFileLock,
  askKeychain: createKeychainAccess(systemKeychain, err.write),
  resolveHost: async (name) => (await Bun.dns.lookup(name, { backend: "getaddrinfo" })).map(({ address }) => address),
  fetch: (url, init) => fetch(url, init),
  // Loading it would slow the start of every command.
  deviceName: () => process.getBuiltinModule("node:os").hostname(),
  openBrowser,
  startInBackground,
  runPager: async (command, chunks) => (await import("./cli/platform/pager.ts")).runPager(command, chunks),
  backUpCorrupt,
  keepText,
  readArgumentBytes,
  hasProgram: (name) => Bun.which(name) !== null,
  editText: (editor, name, text) => editText(editor, name, text, system.now),
  serve: async ({ hasPage, isLogged, ...order }) => {
    const { serve } = await import("./server/serve.ts");
    const page = hasPage ? await import("./server/pages/web-files.ts") : {};
    return serve({ ...order, ...page, system, version, env, log: isLogged ? err.write : () => undefined });
  },
  untilStopped,
});

async function createReaders() {
  const { createReaderPool } = await import("./db/sqlite/reader-pool.ts");
  return createReaderPool([...findRunningProgram(), READER]);
}

function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isAsked = false;
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, () => {
      if (isAsked) process.exit(1);
      isAsked = true;
      resolve();
    });
  }
  return promise;
}

// All output is written by now. Ending by itself would first tear the runtime down, which takes a millisecond.
process.exit(exitCode);
