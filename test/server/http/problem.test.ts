import { describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { scanTookTooLong } from "../../../src/db/scan-queue.ts";
import { type ErrorCode, TodoError } from "../../../src/domain/errors.ts";
import type { Store } from "../../../src/ports/store.ts";
import { STATUSES } from "../../../src/server/http/statuses.ts";
import { alterStore, useApis } from "../../support/server/api.ts";
import { useChildren } from "../../support/children/child.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";

const openApi = useApis();
const freshPath = useFreshPaths();
const runChild = useChildren();

/** What a driver says and no client may read. */
const SECRET = "/var/lib/secret/todo.db: select registers from tasks where user_id = 'ann' -- Pay rent";

const CODES = Object.entries(STATUSES);

/** Codes whose message is the store's, not one for clients. */
const STORE_CODES: ReadonlySet<string> = new Set([
  "locked",
  "unavailable",
  "unreadable_store",
  "newer_store",
  "read_only_store",
  "full_disk",
  "io_failed",
  "internal",
  "not_found",
]);

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(STATUSES, code);
}

function failWith(make: () => unknown): Partial<Store> {
  const fail = () => Promise.reject(make());
  return { find: fail, get: fail, commit: fail, findByPrefix: fail };
}

describe("an error of the store", () => {
  test.each(CODES)("of the code %s is %d, with the headers that this takes", async (code, status) => {
    if (!isCode(code)) throw new Error(`${code} is no code`);
    const cause = new Error(SECRET);
    const more = code === "insufficient_scope" && ({ missingScope: "tasks:write" } as const);
    const store = alterStore(() =>
      failWith(() => new TodoError(code, STORE_CODES.has(code) ? SECRET : "said", { cause, ...more })),
    );
    const api = openApi({ store });
    const response = await api.send("GET", "/api/tasks");
    const body: ReturnType<typeof JSON.parse> = await response.json();
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({ type: "about:blank", status });
    expect(body.code).toBe(status === 500 ? "internal" : code);
    const challenges = new Map<string, string>([
      ["unauthorized", 'Bearer error="invalid_token"'],
      ["token_expired", 'Bearer error="invalid_token"'],
      ["insufficient_scope", 'Bearer error="insufficient_scope", scope="tasks:write"'],
    ]);
    expect(response.headers.get("www-authenticate")).toBe(challenges.get(code) ?? null);
    expect(response.headers.get("retry-after")).toBe(status === 429 || status === 503 ? "5" : null);
    for (const part of ["secret", "select", "user_id", "Pay rent"]) expect(JSON.stringify(body)).not.toContain(part);
    expect(api.lines.at(-1)?.error === undefined).toBe(status < 500);
  });

  test.each(CODES.filter(([, status]) => status === 503).map(([code]) => code))(
    "of the code %s says its own seconds to wait",
    async (code) => {
      if (!isCode(code)) throw new Error(`${code} is no code`);
      const store = alterStore(() => failWith(() => new TodoError(code, "x", { retryAfter: 31 })));
      const { headers } = await openApi({ store }).ask("GET", "/api/tasks");
      expect(headers.get("retry-after")).toBe("31");
    },
  );

  test.each([
    ["GET", "/api/tasks", undefined],
    ["GET", "/api/tasks/1f8fad5b-d9cb-469f-a165-70867728950e", undefined],
    ["GET", "/api/tasks/kqv", undefined],
    ["POST", "/api/tasks", { title: "x" }],
    ["PUT", "/api/tasks/1f8fad5b-d9cb-469f-a165-70867728950e", { title: "x" }],
    ["PATCH", "/api/tasks/kqv", { title: "x" }],
    ["PATCH", "/api/tasks/kqv/complete", undefined],
    ["DELETE", "/api/tasks/kqv", undefined],
    ["POST", "/api/tasks/kqv/restore", undefined],
  ] as const)("in %s %s is 503 when it passes by itself and 500 when it doesn't", async (method, path, json) => {
    for (const [code, status] of [
      ["locked", 503],
      ["io_failed", 500],
    ] as const) {
      const store = alterStore(() => failWith(() => new TodoError(code, SECRET)));
      const reply = await openApi({ store }).ask(method, path, { json });
      expect(reply.status).toBe(status);
      expect(JSON.stringify(reply.body)).not.toContain("secret");
    }
  });

  test("that ended a search says nothing of a write, and leaves the connection open", async () => {
    const store = alterStore(() => failWith(scanTookTooLong));
    const { status, body, headers } = await openApi({ store }).ask("GET", "/api/tasks?q=milk");
    expect([status, body.code, body.detail, headers.get("connection")]).toEqual([
      503,
      "read_timed_out",
      "to look through the tasks took too long and was ended",
      null,
    ]);
  });

  test("on the first sight of a user is the same", async () => {
    const enrol = () => Promise.reject(new TodoError("read_only_store", SECRET));
    const { status, body } = await openApi({ store: alterStore(() => ({ ensureUser: enrol })) }).ask("GET", "/api/me");
    expect([status, body.code, body.detail]).toEqual([
      503,
      "read_only_store",
      "The store can't be written at the moment.",
    ]);
  });
});

describe("a crash", () => {
  const CRASHES: readonly [string, () => unknown][] = [
    ["an Error", () => new Error(SECRET)],
    ["a TypeError", () => new TypeError(SECRET)],
    ["an error with a code", () => Object.assign(new Error(SECRET), { code: "SQLITE_MISUSE" })],
    ["an error with causes", () => new Error("x", { cause: new RangeError(SECRET) })],
    ["a text", () => SECRET],
    ["undefined", () => undefined],
    ["an object", () => ({ message: SECRET, status: 200 })],
    ["a Response, as some frameworks do", () => new Response(SECRET)],
    [
      "an error that wants to be a response",
      () => Object.assign(new Error(), { getResponse: () => new Response(SECRET) }),
    ],
  ];

  test.each(CRASHES)("by %s is a 500 that says nothing but which request it was", async (_, crash) => {
    const api = openApi({ store: alterStore(() => failWith(crash)) });
    const headers = { "x-request-id": "the-request" };
    const { status, headers: replied, body } = await api.ask("GET", "/api/tasks", { headers });
    expect(status).toBe(500);
    expect(body).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      code: "internal",
      request_id: "the-request",
    });
    expect(replied.get("x-request-id")).toBe("the-request");
  });

  test.each(CRASHES)("by %s is one line of the log without what it said", async (_, crash) => {
    const api = openApi({ store: alterStore(() => failWith(crash)) });
    await api.ask("GET", "/api/tasks");
    expect(api.lines).toHaveLength(1);
    const [line] = api.lines;
    expect(line).toMatchObject({
      status: 500,
      route: "GET /api/tasks",
      user: "ann",
      error: expect.stringContaining("internal"),
    });
    for (const part of ["secret", "select", "user_id", "Pay rent"]) expect(JSON.stringify(line)).not.toContain(part);
  });

  test("is found by its kind, its code and its place in the log", async () => {
    const crash = () => Object.assign(new TypeError("x"), { code: "SQLITE_MISUSE" });
    const api = openApi({ store: alterStore(() => failWith(() => new Error("y", { cause: crash() }))) });
    await api.ask("GET", "/api/tasks");
    const error = api.lines[0]?.error ?? "";
    expect(error).toMatch(
      /^internal .*< Error at .*problem\.test\.ts:\d+:\d+\)? < SQLITE_MISUSE at .*problem\.test\.ts:\d+:\d+\)?$/,
    );
  });

  test("leaves a message of several lines out of the log, one that looks like a place too", async () => {
    const crash = () => new Error(`failed\n    at ${SECRET}\nat ${SECRET}`);
    const api = openApi({ store: alterStore(() => failWith(crash)) });
    await api.ask("GET", "/api/tasks");
    expect(JSON.stringify(api.lines)).not.toContain("secret");
    expect(api.lines[0]?.error).toContain("problem.test.ts");
  });

  // In a process of its own: what goes round for ever can't be stopped in this one.
  test("with a cause that is itself does not go round for ever", async () => {
    const script = `import { describeCrash, toTodoError } from ${JSON.stringify(`${import.meta.dir}/../../../src/server/http/problem.ts`)};
      const error = new Error("x");
      error.cause = error;
      describeCrash(toTodoError(error));`;
    const child = Bun.spawn([process.execPath, "-e", script], { timeout: 5000, killSignal: "SIGKILL" });
    expect(await child.exited).toBe(0);
  });

  test("of one handler leaves the others working, before, at the same time and after", async () => {
    let broken = true;
    const store = alterStore((real) => ({
      find: (user, query) => (broken ? Promise.reject(new Error("x")) : real.find(user, query)),
    }));
    const api = openApi({ store });
    const task = await api.add();
    const replies = await Promise.all([
      api.ask("GET", "/api/tasks"),
      api.ask("GET", `/api/tasks/${task.id}`),
      api.ask("GET", "/api/tasks"),
      api.ask("PATCH", `/api/tasks/${task.id}`, { json: { title: "Other" } }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([500, 200, 500, 200]);
    broken = false;
    expect((await api.ask("GET", "/api/tasks")).body).toMatchObject([{ title: "Other" }]);
  });

  test("that is thrown at once instead of being promised is the same", async () => {
    const store = alterStore(() => ({
      find: () => {
        throw new Error(SECRET);
      },
    }));
    expect((await openApi({ store }).ask("GET", "/api/tasks")).status).toBe(500);
  });

  test("of what checks the tokens is a 500, and nobody is let in", async () => {
    const api = openApi({
      authenticate: () => {
        throw new Error(SECRET);
      },
    });
    expect((await api.ask("POST", "/api/tasks", { json: { title: "x" } })).status).toBe(500);
    expect((await api.store.find("ann", { where: [] })).tasks).toEqual([]);
  });
});

describe("a database", () => {
  test("whose file is away is 503 with Retry-After, for reads and writes, and works again when a new one is there", async () => {
    const path = freshPath();
    const api = openApi({ store: openSqlite(path).store });
    const { id } = await api.add();
    for (const ending of ["", "-wal", "-shm"]) rmSync(path + ending, { force: true });
    // For a moment a read may still be of the file that was there.
    await Bun.sleep(100);
    const replies = [
      await api.ask("GET", "/api/tasks"),
      await api.ask("GET", `/api/tasks/${id}`),
      await api.ask("POST", "/api/tasks", { json: { title: "x" } }),
      await api.ask("DELETE", `/api/tasks/${id}`),
      await api.ask("GET", "/api/tasks", { as: "new" }),
    ];
    for (const { status, body } of replies) {
      expect([status, body.code]).toEqual([503, "unavailable"]);
      expect(JSON.stringify(body)).not.toContain(path);
    }
    await openSqlite(path).store.close();
    expect((await api.ask("GET", "/api/tasks")).body).toEqual([]);
    await api.add();
  });

  // This takes the 5 seconds that a write waits.
  test("that another process holds can be read, and is 503 with Retry-After for writes", async () => {
    const path = freshPath();
    const api = openApi({ store: openSqlite(path).store });
    const task = await api.add();
    const holder = runChild("hold-lock.ts", [path]);
    await holder.firstLine();
    const [read, ...writes] = await Promise.all([
      api.ask("GET", "/api/tasks"),
      api.ask("POST", "/api/tasks", { json: { title: "x" } }),
      api.ask("PATCH", `/api/tasks/${task.id}`, { json: { title: "x" } }),
      api.ask("DELETE", `/api/tasks/${task.id}`),
    ]);
    expect([read?.status, read?.body]).toEqual([200, [task]]);
    for (const { status, headers, body } of writes) {
      expect([status, body.code, headers.get("retry-after")]).toEqual([503, "locked", "1"]);
      expect(JSON.stringify(body)).not.toContain(path);
    }
    await holder.kill();
    expect((await api.ask("GET", "/api/tasks")).body).toEqual([task]);
    expect((await api.ask("DELETE", `/api/tasks/${task.id}`)).status).toBe(204);
  }, 30_000);
});
