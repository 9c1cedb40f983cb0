import { afterEach } from "bun:test";
import { existsSync } from "node:fs";
import { changeFile } from "../../../src/cli/platform/change-file.ts";
import { readNamedSecret } from "../../../src/cli/platform/checked-files.ts";
import { readBytes } from "../../../src/cli/platform/files.ts";
import type { Io, Keychain, Sink, Source } from "../../../src/cli/platform/io.ts";
import { createKeychainAccess } from "../../../src/cli/platform/keychain.ts";
import { run } from "../../../src/cli/run.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { type DatabaseFile, type DatabaseServer } from "../../../src/ports/database.ts";
import { isDatabaseUrl } from "../../../src/domain/database-url.ts";
import type { Store } from "../../../src/ports/store.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { OPENING, only } from "../stores/test-user.ts";

/** What a test decides about the machine. All of it may be changed between two commands. */
export type Setup = {
  /** The streams that are a terminal. */
  terminals: readonly ("in" | "out" | "err")[];
  columns: number;
  rows: number;
  stdin: string | Uint8Array;
  env: Record<string, string>;
  /** Unix milliseconds. In Berlin it begins as Friday, 20 November 2026, 10:00. */
  now: number;
  /** Milliseconds that pass each time somebody looks at the clock. */
  step: number;
  timeZone: string;
  /** What is wrong with that. */
  zoneProblem: string | undefined;
  /** What the user saves in the editor. */
  edit: (text: string) => string;
  /** The file that an editor may still have open when it ended at once. */
  keptIn: string | null;
  /** The programs that are installed. */
  programs: readonly string[];
  /** What databases at URLs do in another way than one that is up to date and protected. */
  server: Partial<DatabaseServer>;
  /** What the network answers. */
  fetch: Io["fetch"];
  resolveHost: Io["resolveHost"];
  keychain: Keychain;
  /** What a pager does with the text. */
  page: Io["runPager"];
  /** How others can get at a file. */
  findExposure: Io["findExposure"];
  /** What happens when this program is to be started in the background. */
  start: () => void;
};

const NO_KEYCHAIN: Keychain = {
  get: () => Promise.reject(new Error("no keychain")),
  set: () => Promise.reject(new Error("no keychain")),
  delete: () => Promise.reject(new Error("no keychain")),
};

/** How a command ended. */
export type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** A user at a machine with a database of its own in memory, where each command sees what the earlier ones did. */
export type Terminal = {
  readonly setup: Setup;
  readonly io: Io;
  /** Texts that were kept in files, by name. */
  readonly kept: Map<string, string>;
  /** Commands with which an editor was opened. */
  readonly editors: string[];
  /** Folders that were made, and databases that were opened. */
  readonly folders: string[];
  readonly opened: string[];
  /** What was shown in the browser. */
  readonly pages: string[];
  /** Arguments with which this program was started in the background. */
  readonly starts: string[];
  readonly run: (...argv: readonly string[]) => Promise<Ended>;
  /** Runs what must succeed and answers what it printed. */
  readonly print: (...argv: readonly string[]) => Promise<string>;
  /** Adds a task and answers it. */
  readonly add: (...words: readonly string[]) => Promise<Task>;
  /** The store of the database in memory, or of that at a URL. */
  readonly store: (url?: string) => Store;
  /** All tasks, oldest first, deleted ones too. */
  readonly tasks: () => Promise<readonly Task[]>;
  /** The task as it is now. */
  readonly look: (task: Task) => Promise<Task>;
  readonly titles: () => Promise<string[]>;
  readonly close: () => Promise<void>;
};

const PIPED: Readonly<Setup> = {
  terminals: [],
  columns: 80,
  rows: 24,
  stdin: "",
  env: { TODO_DB: ":memory:", HOME: "/home/ann" },
  now: OPENING,
  step: 0,
  timeZone: "Europe/Berlin",
  zoneProblem: undefined,
  edit: (text) => text,
  keptIn: null,
  programs: [],
  server: {},
  fetch: () => Promise.reject(new Error("no network")),
  resolveHost: () => Promise.reject(new Error("no network")),
  keychain: NO_KEYCHAIN,
  page: async () => 0,
  findExposure: () => null,
  start: () => undefined,
};

export const ON_A_TERMINAL = { terminals: ["in", "out", "err"] } as const satisfies Partial<Setup>;

/** Opens terminals and closes their databases after each test. */
export function useTerminals(): (setup?: Partial<Setup>) => Terminal {
  const open: Terminal[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((terminal) => terminal.close()));
  });
  return (setup) => {
    const terminal = openTerminal(setup);
    open.push(terminal);
    return terminal;
  };
}

/** A terminal that its user closes. All three streams are pipes unless the setup says otherwise. */
export function openTerminal(given: Partial<Setup> = {}): Terminal {
  const setup: Setup = { ...PIPED, ...given, env: { ...PIPED.env, ...given.env } };
  const databases = createDatabases();
  const record: Recorded = {
    kept: new Map<string, string>(),
    editors: [],
    folders: [],
    opened: [],
    pages: [],
    starts: [],
  };
  const written = { out: "", err: "" };
  const io = createIo(setup, written, databases, record);
  const store = (url = ":memory:") => databases.open(url).store;
  const runArgs = async (...argv: readonly string[]): Promise<Ended> => {
    Object.assign(written, { out: "", err: "" });
    const code = await run(argv, io);
    return { code, ...written };
  };
  const print = async (...argv: readonly string[]): Promise<string> => {
    const { code, out, err } = await runArgs(...argv);
    if (code !== 0) throw new Error(`${argv.join(" ")} exited with ${code}: ${err}`);
    return out;
  };
  const get = async (id: string) => only(await store().get(LOCAL_USER, [id]));
  const tasks = async () => (await store().find(LOCAL_USER, { where: [] })).tasks;
  return {
    ...record,
    setup,
    io,
    run: runArgs,
    print,
    store,
    tasks,
    add: async (...words) => {
      const { id }: { id: string } = JSON.parse(await print("add", "--json", ...words));
      return get(id);
    },
    look: ({ id }) => get(id),
    titles: async () => (await tasks()).map(({ title }) => title),
    close: databases.close,
  };
}

type Databases = ReturnType<typeof createDatabases>;

function createDatabases() {
  const databases = new Map<string, DatabaseFile>();
  return {
    isOpen: (path: string) => databases.has(path),
    open: (path: string): DatabaseFile => {
      const found = databases.get(path) ?? openSqlite(isDatabaseUrl(path) ? ":memory:" : path);
      databases.set(path, found);
      return found;
    },
    close: async () => {
      await Promise.all([...databases.values()].map(({ store }) => store.close()));
    },
  };
}

type Recorded = {
  kept: Map<string, string>;
  editors: string[];
  folders: string[];
  opened: string[];
  pages: string[];
  starts: string[];
};

function createIo(
  setup: Setup,
  written: { out: string; err: string },
  databases: Databases,
  { kept, editors, folders, opened, pages, starts }: Recorded,
): Io {
  const err = createSink(setup, "err", (text) => (written.err += text));
  return {
    out: createSink(setup, "out", (text) => (written.out += text)),
    err,
    input: createSource(setup),
    env: setup.env,
    system: createSystem(setup),
    zoneProblem: () => setup.zoneProblem,
    version: "1.2.3",
    openStore: async (path) => {
      opened.push(path);
      return databases.open(path);
    },
    openDatabase: async (url) => {
      opened.push(url);
      return { ...createServer(databases.open(url)), ...setup.server };
    },
    fileExists: (path) => (!isDatabaseUrl(path) && databases.isOpen(path)) || existsSync(path),
    makePrivateFolder: (path) => folders.push(path),
    readFile: readBytes,
    readNamedSecret,
    readOrCreateSecret: (path, make) => {
      const secret = kept.get(path) ?? make();
      kept.set(path, secret);
      return secret;
    },
    findExposure: (path) => setup.findExposure(path),
    readPrivateFile: (path) => kept.get(path) ?? null,
    updatePrivateFile: (path, change) => {
      const text = change(kept.get(path) ?? null);
      if (text !== null) kept.set(path, text);
    },
    changeFile,
    runPager: (command, chunks) => setup.page(command, chunks),
    backUpCorrupt: (path) => {
      kept.set(`${path}.corrupt-1`, kept.get(path) ?? "");
      return `${path}.corrupt-1`;
    },
    withFileLock: (_, work) => work(),
    askKeychain: createKeychainAccess(setup.keychain, err.write),
    fetch: setup.fetch,
    resolveHost: (name) => setup.resolveHost(name),
    deviceName: () => "laptop",
    openBrowser: (url) => {
      pages.push(url);
      return true;
    },
    startInBackground: (args) => {
      setup.start();
      starts.push(args.join(" "));
    },
    serve: () => Promise.reject(new Error("this terminal has no network")),
    untilStopped: () => Promise.resolve(),
    keepText: (name, text) => {
      kept.set(name, text);
      return `/kept/${name}`;
    },
    readArgumentBytes: () => null,
    hasProgram: (name) => setup.programs.includes(name),
    editText: (editor, _, text) => {
      editors.push(editor);
      return { text: setup.edit(text), keptIn: setup.keptIn };
    },
  };
}

/** A database on a server that is up to date, whose role is bound by row-level security. Its tasks are in memory. */
function createServer({ store, accounts, sync, usage }: DatabaseFile): DatabaseServer {
  const applied = ["0000_first", "0001_second"];
  const role = { role: "todo_app", bypassesRowSecurity: false };
  const status = { applied, pending: [], unknown: [], ...role, unprotected: [], openSchema: null };
  const upkeep = { status: async () => status, migrate: async () => [], createRole: async () => null };
  // The next command finds what this one did.
  const open = { ...store, close: async () => undefined };
  return { store: open, accounts, sync, usage, ...upkeep };
}

function createSink(setup: Setup, name: "out" | "err", write: (text: string) => void): Sink {
  return {
    write,
    isTerminal: () => setup.terminals.includes(name),
    columns: () => setup.columns,
    rows: () => setup.rows,
  };
}

function createSource(setup: Setup): Source {
  const bytes = () => (typeof setup.stdin === "string" ? new TextEncoder().encode(setup.stdin) : setup.stdin);
  const readLine = () => {
    const text = new TextDecoder().decode(bytes());
    if (text === "") return null;
    const [line = "", ...rest] = text.split("\n");
    setup.stdin = rest.join("\n");
    return line;
  };
  const readHidden = (ask: () => void) => {
    ask();
    return readLine();
  };
  return { isTerminal: () => setup.terminals.includes("in"), readAll: bytes, readLine, readHidden };
}

function createSystem(setup: Setup): Io["system"] {
  let count = 0;
  return {
    now: () => (setup.now += setup.step),
    today: () =>
      Temporal.Instant.fromEpochMilliseconds(setup.now).toZonedDateTimeISO(setup.timeZone).toPlainDate().toString(),
    timeZone: () => setup.timeZone,
    newId: () => uuidOf(setup.now, (count += 1)),
  };
}

/** A UUIDv7 (RFC 9562) of time and number alone, so that handles are the same in every run. It sorts by number. */
function uuidOf(now: number, count: number): string {
  const order = (BigInt(now) * 4096n + BigInt(count)).toString(16).padStart(15, "0");
  const random = new Bun.CryptoHasher("sha256").update(`task ${count}`).digest("hex");
  return `${order.slice(0, 8)}-${order.slice(8, 12)}-7${order.slice(12)}-8${random.slice(0, 3)}-${random.slice(3, 15)}`;
}
