import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Io } from "../../src/cli/platform/io.ts";
import { run } from "../../src/cli/run.ts";
import { openSqlite } from "../../src/db/sqlite/database.ts";
import { hasCode, TodoError } from "../../src/domain/errors.ts";
import { importRecords } from "../../src/services/tasks/import-tasks.ts";
import { type ParsedRecord, parseRecords } from "../../src/services/tasks/records.ts";
import { LOCAL_USER, type Workspace } from "../../src/services/workspace.ts";
import type { WireTask } from "../../src/contract/task.ts";
import { findBinary } from "../support/cli/binary.ts";
import type { DatabaseFile } from "../../src/ports/database.ts";

// Inputs that nobody in this project wrote, which lie beside the checkout: bun run test:vectors

const DATA = resolve(import.meta.dir, "../../../shared/data/robustness");
if (!existsSync(DATA)) {
  throw new Error(`${DATA} is not there. These tests read public test data from it; the others (bun run test) don't.`);
}

const JSON_FOLDER = join(DATA, "JSONTestSuite-test_parsing");
const JSON_NAMES = readdirSync(JSON_FOLDER).toSorted();
/** `{"title":"…"}` is all that a task needs. */
const THE_TASK = "y_object_string_unicode.json";
const NAUGHTY: readonly string[] = JSON.parse(readFileSync(join(DATA, "blns.json"), "utf8"));

const binary = findBinary();
const folder = mkdtempSync(join(tmpdir(), "todo-vectors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Said = { readonly exitCode: number; readonly out: string; readonly err: string };

const SYSTEM = {
  now: () => Date.now(),
  today: () => "2026-11-20",
  timeZone: () => "UTC",
  newId: () => Bun.randomUUIDv7(),
};

/** Runs command lines in this process on one database, which is opened once. */
function createRunner(path: string) {
  const opened = openSqlite(path);
  const refuse = (): never => {
    throw new Error("no command of these tests needs this");
  };
  const runHere = async (args: readonly string[], input = ""): Promise<Said> => {
    let [out, err] = ["", ""];
    const io = {
      out: { write: (text: string) => void (out += text), isTerminal: () => false, columns: () => 80, rows: () => 24 },
      err: { write: (text: string) => void (err += text), isTerminal: () => false, columns: () => 80, rows: () => 24 },
      input: { isTerminal: () => false, readAll: () => Buffer.from(input), readLine: () => null, readHidden: refuse },
      env: { TODO_DB: path },
      system: SYSTEM,
      zoneProblem: () => undefined,
      version: "0.0.0",
      openStore: async () => opened,
      openDatabase: refuse,
      fileExists: existsSync,
      makePrivateFolder: refuse,
      readFile: readFileSync,
      readNamedSecret: readFileSync,
      readOrCreateSecret: refuse,
      readPrivateFile: refuse,
      findExposure: () => null,
      updatePrivateFile: refuse,
      changeFile: refuse,
      withFileLock: refuse,
      askKeychain: refuse,
      resolveHost: () => Promise.reject(new Error("no network")),
      fetch: refuse,
      deviceName: refuse,
      openBrowser: refuse,
      startInBackground: refuse,
      runPager: refuse,
      backUpCorrupt: refuse,
      serve: refuse,
      untilStopped: refuse,
      keepText: refuse,
      readArgumentBytes: () => null,
      hasProgram: () => false,
      editText: refuse,
    } satisfies Io & Record<string, unknown>;
    return { exitCode: await run(args, io), out, err };
  };
  return { runHere, opened };
}

function workspaceOf({ store }: DatabaseFile): Workspace {
  return { store, user: LOCAL_USER, system: SYSTEM };
}

describe("the big list of naughty strings", () => {
  const { runHere, opened } = createRunner(join(folder, "naughty.db"));
  const accepted: string[] = [];
  afterAll(() => opened.store.close());

  test.each(NAUGHTY.map((text) => [text]))("as a title comes back exactly or is refused by name: %j", async (text) => {
    const { exitCode, out, err } = await runHere(["add", "--json", "--", text]);
    if (exitCode === 0) {
      accepted.push(text.normalize("NFC"));
      const task: WireTask = JSON.parse(out);
      expect(task).toMatchObject({ title: text.normalize("NFC"), tags: [], due_date: null, project: null });
      expect(JSON.parse((await runHere(["show", "--json", task.handle])).out)).toEqual(task);
    } else {
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
      expect(JSON.parse(err)).toMatchObject({ error: { code: "invalid_input" } });
    }
  });

  test("is accepted but for what nobody could see", () => {
    expect(NAUGHTY.length).toBeGreaterThan(500);
    expect(accepted.length).toBeGreaterThan(NAUGHTY.length - 20);
  });

  test("is found again by each of its strings, as text and not as a pattern", async () => {
    for (const text of new Set(accepted)) {
      const tasks: WireTask[] = JSON.parse((await runHere(["list", "--json", "--", text])).out);
      expect(tasks.map(({ title }) => title)).toContain(text);
    }
  });

  test("prints nothing that a terminal would obey", async () => {
    const { out } = await runHere(["list"]);
    expect(out.split("\n")).toHaveLength(accepted.length + 1);
    expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  });

  test("goes out and comes into another database unchanged", async () => {
    const exported = (await runHere(["export"])).out;
    const other = createRunner(join(folder, "other.db"));
    expect(await other.runHere(["import", "-"], exported)).toMatchObject({ exitCode: 0 });
    expect((await other.runHere(["export"])).out === exported).toBe(true);
    expect(opened.file.check()).toEqual([]);
    await other.opened.store.close();
  });

  const everyTwentieth = NAUGHTY.filter((_, at) => at % 20 === 0).map((text) => [text]);
  test.each(everyTwentieth)("goes through the arguments of the built program too: %j", async (text) => {
    const db = join(folder, "built.db");
    const { exitCode, out, err } = await runBuilt(["add", "--json", "--db", db, "--", text]);
    if (exitCode === 0) expect(JSON.parse(out)).toMatchObject({ title: text.normalize("NFC") });
    else expect(JSON.parse(err)).toMatchObject({ error: { code: "invalid_input" } });
  });
});

async function runBuilt(args: readonly string[]): Promise<Said> {
  const child = Bun.spawn([binary, ...args], {
    env: { HOME: folder, XDG_DATA_HOME: folder, TODO_DB: join(folder, "unused.db") },
    cwd: folder,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { exitCode, out, err };
}

/** What an import makes of a file: its records, or the refusal of the whole. Anything else that is thrown is a crash. */
function parse(name: string): readonly ParsedRecord[] | TodoError {
  try {
    return parseRecords(readFileSync(join(JSON_FOLDER, name)));
  } catch (error) {
    if (hasCode(error, "invalid_input")) return error;
    throw error;
  }
}

/** What an import would write of it. */
function recordsOf(parsed: ReturnType<typeof parse>): ParsedRecord[] {
  return parsed instanceof TodoError ? [] : parsed.filter((entry) => "record" in entry);
}

function namesWith(prefix: string): [string][] {
  return JSON_NAMES.filter((name) => name.startsWith(prefix)).map((name) => [name]);
}

describe("the files of JSONTestSuite", () => {
  const db = join(folder, "json.db");
  let opened: DatabaseFile;
  let untouched: Buffer;
  beforeAll(async () => {
    opened = openSqlite(db);
    const workspace = workspaceOf(opened);
    await importRecords(workspace, parseRecords(Buffer.from('{"title":"was there"}')));
    await opened.store.close();
    untouched = readFileSync(db);
  });

  test("are all here", () => {
    expect(["y_", "n_", "i_"].map((prefix) => namesWith(prefix).length)).toEqual([95, 188, 35]);
  });

  test.each(namesWith("y_"))("%s is read as JSON, whether it is a task or not", (name) => {
    const parsed = parse(name);
    expect(parsed).toBeArray();
    for (const entry of Array.isArray(parsed) ? parsed : []) {
      if ("problem" in entry) expect(entry.problem).not.toStartWith("not JSON");
    }
  });

  test.each(namesWith("n_"))("%s is refused, and no record of it is taken", (name) => {
    expect(recordsOf(parse(name))).toEqual([]);
  });

  test.each(namesWith("i_"))("%s is read or refused, and no record of it is taken", (name) => {
    expect(recordsOf(parse(name))).toEqual([]);
  });

  test("hold one task, by chance, which is imported", async () => {
    const tasks = JSON_NAMES.filter((name) => name !== THE_TASK).flatMap((name) => recordsOf(parse(name)));
    expect(tasks).toEqual([]);
    const path = join(folder, "one.db");
    const { exitCode } = await runBuilt(["import", "--db", path, join(JSON_FOLDER, THE_TASK)]);
    expect(exitCode).toBe(0);
    expect(JSON.parse((await runBuilt(["export", "--db", path])).out)).toMatchObject([{ title: "Полтора Землекопа" }]);
  });

  // Slow: 317 processes, four at a time.
  test("change nothing when the built program imports the others, whether it skips what is wrong or not", async () => {
    const queue = JSON_NAMES.filter((name) => name !== THE_TASK);
    const crashes: string[] = [];
    const work = async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        const more = name.length % 2 === 0 ? ["--skip-invalid"] : [];
        const { exitCode, err } = await runBuilt(["import", "--db", db, ...more, join(JSON_FOLDER, name)]);
        if (![0, 2].includes(exitCode) || err.includes("bug")) crashes.push(`${name}: ${exitCode} ${err}`);
      }
    };
    await Promise.all(Array.from({ length: 4 }, work));
    expect(crashes).toEqual([]);
    expect(readFileSync(db).equals(untouched)).toBe(true);
    const tasks: WireTask[] = JSON.parse((await runBuilt(["export", "--deleted", "--db", db])).out);
    expect(tasks.map(({ title }) => title)).toEqual(["was there"]);
  }, 60_000);
});
