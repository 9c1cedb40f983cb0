import { beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import document from "../../openapi.json";
import { useScratch } from "../support/disks/scratch.ts";
import { useServedApis } from "../support/server/served-api.ts";
import { MISTAKES } from "./mistakes.ts";

// What somebody does who has only the document: types from it by openapi-typescript, and a client over openapi-fetch. The
// client is a text here, because what it imports is made by the test.

const PROGRAM = readFileSync(join(import.meta.dir, "client.ts.txt"), "utf8");
const TSCONFIG = {
  compilerOptions: {
    target: "esnext",
    lib: ["esnext"],
    types: ["bun-types"],
    module: "preserve",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
  },
};

const scratch = useScratch();
const startApi = useServedApis();

/** A project of a stranger, with the types of this document. */
function makeProject(name: string, types: string, programs: Readonly<Record<string, string>>): string {
  const folder = scratch(name);
  mkdirSync(folder);
  symlinkSync(resolve(import.meta.dir, "../../node_modules"), join(folder, "node_modules"));
  const files = { "tsconfig.json": JSON.stringify(TSCONFIG), "api.ts": types, ...programs };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

/** Runs Bun with nothing of the user's, and leaves no cache behind. */
async function runBun(folder: string, ...args: string[]) {
  const child = Bun.spawn([process.execPath, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0" },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { exitCode, out, err };
}

/** The errors of the type checker, the same ones that tsc has: `client.ts(4,57): error TS2561: …`, and indented lines below. */
async function checkTypes(folder: string) {
  const { exitCode, out, err } = await runBun(folder, "check", "--no-pretty", "--all");
  return { exitCode, errors: `${out}${err}`.split(/\n(?=\S)/).filter((part) => /\): error TS\d+/.test(part)) };
}

describe("A client that openapi-typescript and openapi-fetch make", () => {
  let types = "";
  beforeAll(async () => {
    types = astToString(await openapiTS(JSON.stringify(document)));
  });

  test("type-checks and does a round trip with every operation over a socket", async () => {
    const api = startApi({
      BETTER_AUTH_SECRET: "kZ8r2v5uY1w4x7A0dF3gH6jK9mN2qR5t",
      TODO_USER_LIMIT: "0",
      TODO_SIGNUP: "open",
    });
    const folder = makeProject("right", types, { "client.ts": PROGRAM });
    expect(await checkTypes(folder)).toEqual({ exitCode: 0, errors: [] });

    const { exitCode, out, err } = await runBun(folder, "client.ts", api.url, await api.tokenOf("ann"));
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    const { called, ...seen }: { called: string[] } = JSON.parse(out);
    expect(seen).toEqual({
      service: {
        health: "ok",
        ready: "1.2.3",
        me: { id: "ann", scopes: null },
        document: "application/json",
        pages: [true, true],
      },
      create: { statuses: [201, 200, 409], same: true, conflict: "conflict" },
      list: { titles: ["Pay rent", "e", "d", "c", "b"], pages: 3, found: ["Pay rent"] },
      changed: {
        statuses: [200, 304, 200, 412, 200],
        late: "precondition_failed",
        task: { title: "Pay all of the rent", due_date: null, project: "House", tags: [] },
      },
      parts: { parents: [true, null], notes: [1, 0] },
      repeated: {
        text: "every month on the 16th",
        done: ["2026-11-16", "2026-12-16"],
        states: ["2026-11-16 done", "2026-12-16 skipped", "2027-01-16 detached", "2027-02-16 current"],
      },
      filtered: {
        statuses: [201, 204],
        filters: ["title:b or title:c", 1],
        found: ["b", "c"],
        wrong: [
          { path: "filter", message: '"fridy" is not a date', at: 4, length: 5, suggestion: "Did you mean friday?" },
        ],
        bulk: [2, 2],
        parsed: ["Pay rent", 1],
        agenda: 7,
        stats: true,
      },
      ended: { completed: [true, true, false, null], statuses: [204, 404, 200], gone: "not_found", restored: true },
      accounts: {
        who: "ada@example.com",
        exported: ["Water the lamps"],
        sessions: [
          ["unknown device", false],
          ["laptop", true],
        ],
        events: [
          ["sign_in", "ok", "unknown device"],
          ["password_change", "ok", null],
          ["sign_up", "ok", "laptop"],
        ],
        statuses: [204, 204, 204],
        left: 204,
      },
      devices: {
        tokens: [["backup", true, null]],
        statuses: [200, 204, 400, 204],
        waiting: "authorization_pending",
        let_in: ["television", "Bearer"],
      },
      page: {
        settings: ["open", null, true],
        who: ["ben@example.com", "ben@example.com"],
        statuses: [204, 403, 401],
      },
      exchanged: {
        accepted: [1, 0],
        left: [0, false],
        came: true,
        refused: [426, "unsupported_protocol"],
        hints: ["text/event-stream", ": connected\n\n"],
      },
      refusals: {
        blank: { status: 400, errors: [{ path: "title", message: "title is empty" }] },
        unknown: { status: 401, title: "Unauthorized" },
      },
    });
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect([...new Set(called)].toSorted()).toEqual(operations.toSorted());
  });

  describe("does not type-check", () => {
    let errors: readonly string[] = [];
    beforeAll(async () => {
      const programs = MISTAKES.map(([, right, wrong], at) => [fileOf(at), PROGRAM.replace(right, () => wrong)]);
      errors = (await checkTypes(makeProject("wrong", types, Object.fromEntries(programs)))).errors;
    });

    test.each(MISTAKES.map((mistake, at) => [mistake[0], at, mistake] as const))("with %s", (_, at, mistake) => {
      const [, right, , complaint] = mistake;
      const [before = "", ...behind] = PROGRAM.split(right);
      expect(behind).toHaveLength(1);
      // The first one, because what follows from it further down may be wrong too.
      const error = errors.find((each) => each.startsWith(`${fileOf(at)}(`));
      expect(error).toStartWith(`${fileOf(at)}(${before.split("\n").length},`);
      expect(error).toMatch(complaint);
    });
  });
});

function fileOf(mistake: number): string {
  return `mistake-${mistake}.ts`;
}
