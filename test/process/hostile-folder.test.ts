import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { show } from "../support/cli/built-terminal.ts";
import { type Home, useHomes } from "../support/cli/home.ts";
import { openTestReplica } from "../support/sync/replica.ts";
import { eventually } from "../support/server/server.ts";

const newHome = useHomes();

/** Where a handle stands in what the commands print, which differs from run to run. */
const HANDLE = /(?<=^|Added |\[1m)[bcdfghjklmnpqrstvwxz]{3,12}(?=\P{L})/gmu;

/** Files that a tool reads where it is started, each of which would take the data, run code, or break the program. */
function plantTraps(home: Home): void {
  const evil = `require("node:fs").writeFileSync(${JSON.stringify(home.path("tmp", "evil-ran"))}, "x"); throw new Error("evil");\n`;
  const environment = [
    `TODO_DB=${home.path("work", "stolen.db")}`,
    `HOME=${home.path("work")}`,
    `XDG_DATA_HOME=${home.path("work")}`,
    "TODO_DEBUG=1",
    "NO_COLOR=1",
    "TZ=Pacific/Kiritimati",
    `NODE_OPTIONS=--require=${home.path("work", "evil.cjs")}`,
    `BUN_OPTIONS=--preload=${home.path("work", "evil.cjs")}`,
    `BUN_INSPECT_PRELOAD=${home.path("work", "evil.cjs")}`,
    "VISUAL=false",
  ].join("\n");
  const traps: Readonly<Record<string, string>> = {
    ".env": environment,
    ".env.local": environment,
    ".env.production": environment,
    ".env.development": environment,
    "evil.cjs": evil,
    "evil.ts": evil,
    "bunfig.toml":
      'preload = ["./evil.ts"]\njsx = "react"\n[define]\n"process.env.TODO_DB" = "\'/nowhere\'"\n[run]\nbun = true\n',
    "tsconfig.json": '{"compilerOptions":{"paths":{"*":["./evil.ts"],"bun:sqlite":["./evil.ts"]},"baseUrl":"."}}',
    "package.json":
      '{"name":"todo","type":"commonjs","version":"6.6.6","main":"evil.cjs","imports":{"#x":"./evil.cjs"}}',
    "src/main.ts": evil,
    "node_modules/commander/index.js": evil,
    "node_modules/zod/index.js": evil,
    "node_modules/drizzle-orm/index.js": evil,
  };
  for (const [name, text] of Object.entries(traps)) {
    const path = home.path("work", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function listAll(home: Home): string[] {
  return readdirSync(home.path("work"), { recursive: true, encoding: "utf8" }).toSorted();
}

/** What the commands of a day print, without what differs from run to run. */
async function spendDay(home: Home): Promise<string[]> {
  const env = { TODO_DB: undefined, TZ: undefined, VISUAL: undefined, EDITOR: undefined };
  const orders = [
    { args: ["--version"], env },
    { args: ["add", "Pay", "rent", "due:today", "+home"], env },
    { args: ["import", "-"], env, input: '{"title":"imported"}' },
    { args: ["list", "--sort", "title"], env },
    { args: ["info", "--quiet"], env },
    { args: ["nonsense"], env },
  ];
  const said: string[] = [];
  for (const order of orders) {
    const { exitCode, out, err } = await home.run(order);
    said.push(`${exitCode} ${out} ${err}`);
  }
  said.push((await show(home, { args: ["list", "--sort", "title"], env })).screen);
  return said.map((text) => text.replaceAll(home.folder, "FOLDER").replaceAll(HANDLE, "HANDLE"));
}

describe("a folder full of traps", () => {
  test("changes nothing: its .env, bunfig.toml, tsconfig.json, package.json and node_modules are not read", async () => {
    const [plain, hostile] = [newHome(), newHome()];
    plantTraps(hostile);
    const before = listAll(hostile);
    expect(await spendDay(hostile)).toEqual(await spendDay(plain));
    expect(existsSync(hostile.path("tmp", "evil-ran"))).toBe(false);
    expect(listAll(hostile)).toEqual(before);
    expect(readdirSync(hostile.path("xdg", "todo"))).toEqual(["todo.db"]);
  });

  test("is one that bun itself falls into, so the traps are set", async () => {
    const home = newHome();
    plantTraps(home);
    writeFileSync(home.path("work", "harmless.ts"), "process.stdout.write(process.env.TODO_DB ?? '')");
    const order = { command: process.execPath, args: ["harmless.ts"], env: { TODO_DB: undefined } };
    const { exitCode } = await home.run(order);
    expect(exitCode).not.toBe(0);
    expect(existsSync(home.path("tmp", "evil-ran"))).toBe(true);
    // Both lead every script to the evil one.
    for (const name of ["bunfig.toml", "tsconfig.json"]) rmSync(home.path("work", name));
    expect(await home.run(order)).toMatchObject({ exitCode: 0, out: home.path("work", "stolen.db") });
  });

  test("starts nothing of its own beside the sync in the background, also where PATH begins with it", async () => {
    const home = newHome();
    const { replica, store } = openTestReplica(home.db);
    await replica.bind({ server: "http://127.0.0.1:1", user: "acct_1" });
    await store.close();
    const evil = `#!/bin/sh\necho x > ${home.path("tmp", "evil-ran")}\nexec "$@"\n`;
    for (const name of ["nice", "setsid", "todo"]) writeFileSync(home.path("work", name), evil, { mode: 0o755 });
    const env = { TODO_SYNC_AUTO: undefined, PATH: `.:${process.env["PATH"] ?? ""}` };
    expect(await home.run({ command: home.binary, args: ["list"], env })).toMatchObject({ exitCode: 0, err: "" });
    const hasTried = async () => JSON.parse(await home.print("sync", "--status", "--json")).failure !== null;
    await eventually("the sync in the background has noted that nobody is logged in", hasTried);
    expect(existsSync(home.path("tmp", "evil-ran"))).toBe(false);
  });
});
