/** Walks through the main job with the built program, one line a step: `bun run smoke`. Fails at the first step that does. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../package.json";

const binary = resolve(import.meta.dir, "../dist/todo");
const folder = mkdtempSync(join(tmpdir(), "todo-smoke-"));
const mainFile = join(folder, "todo.db");

type Options = { readonly db?: string; readonly input?: string };

/** What a command prints. Throws where it does not end with 0. */
function todo(args: readonly string[], { db = mainFile, input }: Options = {}): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync([binary, ...args], {
    env: { PATH: process.env["PATH"], HOME: join(folder, "home"), XDG_DATA_HOME: join(folder, "xdg"), TODO_DB: db },
    cwd: folder,
    stdin: input === undefined ? "ignore" : Buffer.from(input),
  });
  if (exitCode !== 0) throw new Error(`todo ${args.join(" ")} ended with ${exitCode}: ${stderr.toString()}`);
  return stdout.toString();
}

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function handleOf(title: string): string {
  const tasks: { handle: string; title: string }[] = JSON.parse(todo(["export"]));
  const task = tasks.find((candidate) => candidate.title === title);
  if (!task) throw new Error(`there is no task ${title}`);
  return task.handle;
}

/** Asks a server of the database for its tasks, and stops it. */
async function serveTasks(): Promise<unknown> {
  const server = Bun.spawn([binary, "serve", "--quiet", "--port", "0"], {
    env: { HOME: join(folder, "home"), TODO_DB: mainFile },
    cwd: folder,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "ignore",
  });
  try {
    const { value } = await server.stdout.getReader().read();
    const url = new TextDecoder().decode(value).trim();
    const headers = { authorization: `Bearer ${todo(["auth", "token", "--local"]).trim()}` };
    const reply = await fetch(`${url}/api/tasks?status=pending&sort=due_date`, { headers });
    check(reply.status === 200, `the server answered ${reply.status}`);
    return await reply.json();
  } finally {
    server.kill();
    check((await server.exited) === 0, "the server did not end well");
  }
}

const STEPS: Readonly<Record<string, () => void | Promise<void>>> = {
  version: () => check(todo(["--version"]) === `${version}\n`, "the binary has another version than package.json"),
  add: () => check(todo(["add", "Pay", "rent", "due:friday", "+home"]).includes("Pay rent"), "the task is not named"),
  list: () => check(/Pay rent.*\+home/.test(todo(["list"])), "the task is not listed"),
  done: () => {
    todo(["done", handleOf("Pay rent")]);
    check(todo(["list"]) === "", "a completed task is still listed");
  },
  undo: () => {
    todo(["undo"]);
    check(todo(["list"]).includes("Pay rent"), "the task is not back");
  },
  "export and import": () => {
    todo(["add", "Ünïcode 買い物 🎉", "priority:high", "project:Home"]);
    todo(["done", handleOf("Ünïcode 買い物 🎉")]);
    const exported = todo(["export"]);
    const db = join(folder, "other.db");
    todo(["import", "-"], { db, input: exported });
    check(todo(["export"], { db }) === exported, "the export of the import differs");
  },
  backup: () => {
    const db = join(folder, "backup.db");
    todo(["backup", db]);
    check(todo(["export"], { db }) === todo(["export"]), "the backup differs");
  },
  "serve and token": async () => {
    const listed: unknown = JSON.parse(todo(["list", "--json"]));
    check(Bun.deepEquals(await serveTasks(), listed), "the server shows other tasks than the list");
  },
  doctor: () => check(todo(["doctor"]).endsWith(": sound\n"), "the database is not sound"),
};

let failed = 0;
try {
  mkdirSync(join(folder, "home"));
  if (!(await Bun.file(binary).exists())) throw new Error(`${binary} is not there. Build it first: bun run build`);
  for (const [name, step] of Object.entries(STEPS)) {
    await step();
    console.log(`ok    ${name}`);
  }
} catch (error) {
  failed = 1;
  console.error(`FAIL  ${error instanceof Error ? error.message : String(error)}`);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failed;
