import { afterAll, afterEach, beforeAll, expect } from "bun:test";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { findBinary } from "../support/cli/binary.ts";
import { hearOut, watchOffences } from "./offences.ts";

const STEP_TIMEOUT_MS = 15_000;

const WIDE = { width: 1280, height: 900 };

type Settings = Readonly<Record<string, string>>;
type Server = ReturnType<typeof startServer>;

type InBrowser = {
  /** Where the built program is served. */
  readonly origin: () => string;
  /** The database that is served. */
  readonly database: string;
  /** What a command prints. Throws where it does not end with 0. */
  readonly todo: (...args: string[]) => string;
  /** Starts another server on the same database and answers its origin. */
  readonly serve: (settings: Settings) => Promise<string>;
  /** Ends the server at an origin. */
  readonly stop: (origin: string) => Promise<void>;
  /** Lets pages ask another origin for something, too. */
  readonly admit: (origin: string) => void;
  /** Opens a path of the server, or a whole address. */
  readonly open: (path: string, size?: typeof WIDE) => Promise<Page>;
  /** The same in another browser, which knows nothing of the first. */
  readonly openElsewhere: (path: string) => Promise<Page>;
  /** Closes the first browser with all its pages, and starts it again with the profile that it had. */
  readonly restart: () => Promise<BrowserContext>;
  /** Looks at a page when it has come to rest: what it does last is told a little later, and what unfolds moves. */
  readonly expectNoOffence: (page: Page, more?: { readonly fits?: boolean }) => Promise<void>;
};

type Options = {
  /** Variables of the server. */
  readonly settings?: Settings;
  /** What stands behind `todo serve`. */
  readonly args?: readonly string[];
  /** Names by which browsers find this machine. */
  readonly hosts?: readonly string[];
  /** Messages on the console that are no offence. */
  readonly expected?: RegExp;
};

/** Serves the built program to a real browser for the tests of a file. A test fails if a page has done what it must not. */
export function useBrowser({ settings = {}, args: serveArgs = [], hosts = [], expected }: Options = {}): InBrowser {
  const executablePath = findChromium();
  const binary = findBinary();
  const folder = join(tmpdir(), `todo-browser-${crypto.randomUUID()}`);
  const home = join(folder, "home");
  const database = join(folder, "todo.db");
  /** All that the program and the browser get to see, so that neither reads or writes anything of the user's. */
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    XDG_DATA_HOME: join(folder, "xdg"),
    TMPDIR: folder,
    TODO_DB: database,
  };

  const servers = new Map<string, Server>();
  let own = "";
  /** Where pages may ask for something. */
  const origins = new Set<string>();
  const browsers: BrowserContext[] = [];
  const offences: string[] = [];

  const serve = async (more: Settings): Promise<string> => {
    const server = startServer([binary, "serve", "--port", "0", ...serveArgs], { ...env, ...more }, folder);
    const origin = await readOrigin(server, folder);
    servers.set(origin, server);
    origins.add(origin);
    return origin;
  };

  const stop = async (origin: string): Promise<void> => {
    const server = servers.get(origin);
    server?.kill();
    await server?.exited;
  };

  const startBrowser = async (number = browsers.length): Promise<BrowserContext> => {
    const browser = await chromium.launchPersistentContext(join(folder, `profile-${number}`), {
      executablePath,
      env,
      // Playwright would end this process before it is tidied up.
      handleSIGINT: false,
      handleSIGTERM: false,
      artifactsDir: join(folder, "artifacts"),
      viewport: WIDE,
      // Chromium's sandbox refuses to work for root.
      chromiumSandbox: process.getuid?.() !== 0,
      args: ["--disable-gpu", "--no-proxy-server", `--host-resolver-rules=${writeResolverRules(hosts)}`],
      // Playwright turns off that a browser keeps a page for the way back.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
    });
    browsers[number] = browser;
    browser.setDefaultTimeout(STEP_TIMEOUT_MS);
    await watchOffences(browser, { offences, isHere: (url) => isServed(url, [...origins]), expected });
    return browser;
  };

  beforeAll(async () => {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    own = await serve(settings);
    await startBrowser();
  }, 60_000);

  afterEach(async () => {
    const pages = browsers.flatMap((browser) => browser.pages());
    await Promise.all(pages.map(hearOut));
    const found = offences.splice(0);
    await Promise.all(pages.map((page) => page.close()));
    await Promise.all(browsers.map((browser) => browser.setOffline(false)));
    // What pages do while they are closed is nobody's offence.
    offences.length = 0;
    expect(found).toEqual([]);
  });

  const closeAndRemove = async (): Promise<void> => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await Promise.all([...servers.keys()].map(stop));
    rmSync(folder, { recursive: true, force: true });
  };
  let removed: Promise<void> | undefined;
  /** Once, because an interrupted run gets here from the signal and from its last test. */
  const removeAll = () => (removed ??= closeAndRemove());
  afterAll(removeAll);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => void removeAll().finally(() => process.exit(1)));
  }

  const openIn = async (browser: BrowserContext | undefined, path: string, size: typeof WIDE): Promise<Page> => {
    if (!browser) throw new Error("there is no browser");
    const page = await browser.newPage();
    await page.setViewportSize(size);
    const response = await page.goto(new URL(path, own).href);
    expect(response?.status()).toBe(200);
    return page;
  };

  return {
    origin: () => own,
    database,
    serve,
    stop,
    admit: (origin) => void origins.add(origin),
    todo: (...args) => {
      const { exitCode, stdout, stderr } = Bun.spawnSync([binary, ...args], { env, cwd: folder });
      if (exitCode !== 0) throw new Error(`todo ${args.join(" ")} ended with ${exitCode}: ${stderr.toString()}`);
      return stdout.toString();
    },
    open: (path, size = WIDE) => openIn(browsers[0], path, size),
    openElsewhere: async (path) => openIn(await startBrowser(), path, WIDE),
    restart: async () => {
      await browsers[0]?.close();
      return startBrowser(0);
    },
    expectNoOffence: async (page, { fits = false } = {}) => {
      await page.waitForTimeout(1000);
      expect(offences).toEqual([]);
      if (fits) expect(await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth")).toBe(0);
    },
  };
}

function findChromium(): string {
  const path = process.env["CHROMIUM"] || "/usr/bin/chromium";
  if (existsSync(path)) return path;
  throw new Error(`${path} is not there. Install Chromium (apt-get install chromium) or name yours in CHROMIUM.`);
}

function startServer(command: readonly string[], env: Settings, folder: string) {
  return Bun.spawn([...command], {
    env,
    cwd: folder,
    stdin: "ignore",
    stdout: "pipe",
    stderr: Bun.file(join(folder, "log")),
  });
}

async function readOrigin({ stdout }: Server, folder: string): Promise<string> {
  let said = "";
  const decoder = new TextDecoder();
  // Leaving the loop must not close the pipe, which the server goes on writing to.
  for await (const chunk of stdout.values({ preventCancel: true })) {
    said += decoder.decode(chunk, { stream: true });
    const address = /^Listening on (http:\S+)\n/.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`todo serve ended and said: ${said}${await Bun.file(join(folder, "log")).text()}`);
}

/** Without names there are no other hosts, also for what a browser does on its own. */
function writeResolverRules(hosts: readonly string[]): string {
  return [...hosts.map((host) => `MAP ${host} 127.0.0.1`), "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"].join(", ");
}

function isServed(url: string, origins: readonly string[]): boolean {
  return ["data:", ...origins.flatMap((origin) => [`${origin}/`, `blob:${origin}/`])].some((start) =>
    url.startsWith(start),
  );
}
