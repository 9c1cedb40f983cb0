import type { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import type { SQL } from "drizzle-orm";
import { createAccountStore } from "../../../src/db/accounts/store.ts";
import type { Statement, Value, Values } from "../../../src/db/compiled.ts";
import { createWriter } from "../../../src/db/statement.ts";
import { sqliteDialect } from "../../../src/db/sqlite/dialect.ts";
import type { Engine, Step } from "../../../src/db/engine.ts";
import { sqliteMigrations } from "../../../src/db/sqlite/migrations.ts";
import { createSyncStore } from "../../../src/db/sync/store.ts";
import { findActivity, sumTrackedTime } from "../../../src/db/tasks/activity.ts";
import { countTasks, findTasks } from "../../../src/db/tasks/reads.ts";
import { createStore } from "../../../src/db/tasks/store.ts";
import { createReplica } from "../../../src/db/replica/replica.ts";
import {
  countConflicts,
  ENQUEUE,
  ENQUEUE_DELETED,
  enqueueMerged,
  recordArrivals,
} from "../../../src/db/replica/statements.ts";
import { createDatabase } from "../../../src/db/sqlite/open.ts";
import { runStatement } from "../../../src/db/sqlite/statement.ts";
import type { AccountStore } from "../../../src/ports/accounts.ts";
import {
  type Condition,
  type Sort,
  SORTS,
  type Status,
  type TaskQuery,
  UNDATED,
} from "../../../src/domain/query/query.ts";
import type { Replica } from "../../../src/ports/replica.ts";
import type { SyncStore } from "../../../src/ports/sync.ts";
import { CLOSED_ACTIVITY, MONTHS, OPEN_ACTIVITY } from "../../support/stores/activity.ts";
import { draftEvent, draftPoll, draftRenewal, draftSession } from "../../support/accounts/drafts.ts";

const raw: Database = createDatabase({ path: ":memory:", migrations: sqliteMigrations, lockTimeoutMs: 0 });
afterAll(() => raw.close(true));

const write = createWriter({ pick: ({ sqlite }) => sqlite, mark: () => "?" });
const AFTER = { key: "2026-11-20", id: "019a" };

/** How SQLite would run what is asked of the engine: its plan, or each step of it. */
async function explain(
  work: (engine: Engine) => Promise<unknown>,
  how: "explain query plan" | "explain" = "explain query plan",
): Promise<string> {
  const plans: string[] = [];
  const note = ({ query, values }: Step<unknown>): void => {
    const { text, params } = write(query, values);
    const plan = raw.query<{ detail?: string; opcode?: string; p4?: string }, Value[]>(`${how} ${text}`).all(...params);
    plans.push(...plan.map(({ detail, opcode, p4 }) => detail ?? `${opcode} ${p4}`));
  };
  const read = async <Row>(_: string, query: Statement<Row>, values?: Values) => {
    note({ query, ...(values && { values }) });
    return runStatement(raw, query, values);
  };
  const atomically = async <Row>(_: string, steps: Iterable<Step<Row>>): Promise<Row[]> => {
    for (const step of steps) note(step);
    return [];
  };
  const unused = () => Promise.reject(new Error("only statements are explained"));
  await work({
    dialect: sqliteDialect,
    enqueue: null,
    node: "",
    claimNode: unused,
    read,
    scan: read,
    scanLarge: read,
    atomically,
    scrub: unused,
    ping: unused,
    close: unused,
  });
  return plans.join("\n");
}

function status(name: Status): Condition {
  return { kind: "status", status: name };
}

const CREATED = {
  kind: "dated",
  date: "createdAt",
  from: { day: "2026-11-20", moment: "2026-11-20T00:00:00Z" },
} as const satisfies Condition;

const NOT_DELETED: Condition = { kind: "not", condition: status("deleted") };

describe("a page is read from an index without sorting", () => {
  test.each<[string, Condition, Sort | undefined, boolean, string]>([
    ["what is not deleted, by creation", NOT_DELETED, "created", false, "tasks_created"],
    ["what is not deleted, newest first", NOT_DELETED, "created", true, "tasks_created"],
    ["what is open, by creation", status("pending"), "created", false, "tasks_created"],
    ["what is completed, newest first", status("completed"), "created", true, "tasks_created"],
    ["what is open, by due date", status("pending"), "due_date", false, "tasks_open"],
    ["what is not deleted, by update", NOT_DELETED, "updated", false, "tasks_revision"],
    ["all, last changed first", status("all"), "updated", true, "tasks_revision"],
    ["all, by id", status("all"), undefined, false, "sqlite_autoindex_tasks_1"],
  ])("of %s: the first and all that follow", async (_, condition, sort, reverse, index) => {
    const query = { where: [condition], reverse, limit: 50, ...(sort && { sort }) };
    for (const page of [query, { ...query, after: AFTER }]) {
      const plan = await explain((engine) => findTasks(engine, "someone", page));
      expect(plan).toContain(`USING INDEX ${index} `);
      // Of tasks with the same revision there is one, so that sorting these costs nothing.
      expect(plan.replace("USE TEMP B-TREE FOR LAST TERM OF ORDER BY", "")).not.toContain("TEMP B-TREE");
    }
  });
});

test("activity is read from indexes that have all of it, in their order, and tracked time from that of the tasks that have some", async () => {
  const pages = [OPEN_ACTIVITY, CLOSED_ACTIVITY].flatMap((query) => [query, { ...query, after: AFTER }]);
  const plans = await Promise.all(pages.map((page) => explain((engine) => findActivity(engine, "someone", page))));
  for (const plan of plans) expect(plan).not.toContain("TEMP B-TREE");
  expect(plans[0]).toContain("INDEX tasks_open (user_id=? AND due_key>?)");
  expect(plans[2]).toContain("INDEX tasks_done (user_id=? AND completed_at>?)");
  // No column is computed from registers.
  for (const page of pages) {
    const steps = await explain((engine) => findActivity(engine, "someone", page), "explain");
    expect(steps).not.toContain("Function");
  }
  const time = await explain((engine) => sumTrackedTime(engine, "someone", [], MONTHS));
  expect(time).toContain("USING INDEX tasks_times (user_id=?)");
});

test("what is closed is sorted by due date without a look at its registers", async () => {
  for (const reverse of [false, true]) {
    const where = [status("completed"), { ...CREATED, date: "completedAt" } as const];
    const query: TaskQuery = { where, sort: "due_date", reverse, limit: 50 };
    const plan = await explain((engine) => findTasks(engine, "someone", query));
    expect(plan).toContain("INDEX tasks_done (user_id=? AND completed_at>?)");
    const steps = await explain((engine) => findTasks(engine, "someone", query), "explain");
    expect(steps).not.toContain("->>");
  }
});

describe("of what is open only the part that a due date names is read", () => {
  const NOON = { day: "2026-11-20", moment: "2026-11-20T12:00:00Z" };

  test.each<[string, Condition, string]>([
    ["what is overdue", { kind: "dated", date: "dueDate", before: NOON }, "due_key<?"],
    ["what is still to come", { kind: "dated", date: "dueDate", from: NOON }, "due_key>?"],
    ["what is due in a range", { kind: "dated", date: "dueDate", from: NOON, before: NOON }, "due_key>? AND due_key<?"],
    ["what has no due date", UNDATED, "due_key=?"],
  ])("%s, to list and to count it", async (_, condition, range) => {
    const where = [status("pending"), condition];
    const list = await explain((engine) => findTasks(engine, "someone", { where, sort: "due_date", limit: 50 }));
    const count = await explain((engine) => countTasks(engine, "someone", where));
    expect(list).toContain(`USING INDEX tasks_open (user_id=? AND ${range})`);
    expect(count).toContain("USING INDEX tasks_open (user_id=? AND due_key");
    expect(list).not.toContain("TEMP B-TREE");
  });

  test("and what to do next is found in its index, also where nothing names a due date", async () => {
    const where = [{ kind: "has", part: "startedAt" } as const, status("pending")];
    const plan = await explain((engine) => findTasks(engine, "someone", { where, sort: "next", limit: 10 }));
    expect(plan).toContain("INDEX tasks_open (user_id=? AND due_key>?)");
  });

  test("and what is open is counted in its index", async () => {
    const plan = await explain((engine) => countTasks(engine, "someone", [status("pending")]));
    expect(plan).toContain("INDEX tasks_open ");
  });
});

test("what all alternatives have in common is looked for first", async () => {
  const before = {
    kind: "dated",
    date: "dueDate",
    before: { day: "2026-11-20", moment: "2026-11-20T12:00:00Z" },
  } as const;
  const either: Condition = {
    kind: "or",
    conditions: ["home", "work"].map((tag): Condition => ({
      kind: "and",
      conditions: [{ kind: "tagged", tag }, before],
    })),
  };
  const plan = await explain((engine) => countTasks(engine, "someone", [status("pending"), either]));
  expect(plan).toContain("USING INDEX tasks_open (user_id=? AND due_key");
  expect(plan).toContain("due_key<?");
});

describe("tasks in a tree or of a series are found by the index of what few of them are", () => {
  test.each<[string, readonly Condition[], string]>([
    [
      "the children of a task",
      [{ kind: "child_of", parents: ["x"] }, NOT_DELETED],
      "tasks_parent (user_id=? AND parent=?)",
    ],
    ["completed subtasks", [{ kind: "closed_subtask" }, NOT_DELETED], "tasks_parent (user_id=?"],
    [
      "records of a series",
      [{ kind: "record_of", series: ["x"], from: "2026-11-23" }],
      "tasks_series (user_id=? AND series=?",
    ],
    ["what waits for a task", [status("pending"), { kind: "waits_for", id: "x" }], "tasks_links (user_id=?)"],
    [
      "tasks by their ids",
      [status("pending"), { kind: "among", ids: ["x", "y"] }],
      "sqlite_autoindex_tasks_1 (user_id=? AND id=?)",
    ],
    ["what repeats", [status("pending"), { kind: "has", part: "recurrence" }], "tasks_repeating (user_id=?)"],
    ["records of series", [NOT_DELETED, { kind: "has", part: "record" }], "tasks_series (user_id=? AND series>?)"],
    ["what was created since a day", [NOT_DELETED, CREATED], "tasks_created (user_id=? AND created_key>?)"],
  ])("%s, whether one is asked for or all", async (_, where, search) => {
    for (const limit of [{}, { limit: 1 }]) {
      const plan = await explain((engine) => findTasks(engine, "someone", { where, ...limit }));
      expect(plan).toContain(`SEARCH tasks USING INDEX ${search}`);
    }
    expect(await explain((engine) => countTasks(engine, "someone", where))).toContain(`INDEX ${search}`);
  });

  test("but not what was created, if a task does not say when, or deleted ones are asked for, too", async () => {
    raw.run("insert into tasks (user_id, id, handle, revision, registers) values ('forgetful', 'x', 'x', 1, '{}')");
    const find = (user: string, where: readonly Condition[]) => explain((engine) => findTasks(engine, user, { where }));
    expect(await find("forgetful", [NOT_DELETED, CREATED])).not.toContain(
      "INDEX tasks_created (user_id=? AND created_key>?)",
    );
    expect(await find("someone", [CREATED])).not.toContain("tasks_created");
  });

  test("and what waits for what by the index of links, with the ends by their ids", async () => {
    const plan = await explain((engine) => createStore(engine).openDependencies("someone"));
    expect(plan).toContain("SEARCH tasks USING INDEX tasks_links (user_id=?)");
    expect(plan).toMatch(/SEARCH ends .*INDEX sqlite_autoindex_tasks_1 \(user_id=\? AND id=\?\)/);
    const steps = await explain((engine) => createStore(engine).openDependencies("someone"), "explain");
    // Whether a task is closed is read from the index. Of an end both dates are read from its registers, each in two places.
    expect(steps.match(/->>/g)).toHaveLength(4);
  });
});

test("a page is read at once if an index has its tasks one after another, and any other is a scan", async () => {
  const queries: TaskQuery[] = [...SORTS, undefined].flatMap((sort) =>
    [status("all"), status("pending"), status("completed"), NOT_DELETED].flatMap((condition) =>
      [false, true].map((reverse) => ({ where: [condition], reverse, limit: 50, ...(sort && { sort }) })),
    ),
  );
  const tagged: TaskQuery = { where: [NOT_DELETED, { kind: "tag", tag: "home" }], sort: "created", limit: 50 };
  const whole: TaskQuery = { where: [NOT_DELETED], sort: "created" };
  const read: unknown[] = [];
  for (const query of [...queries, tagged, whole]) {
    const plan = await explain((engine) => findTasks({ ...engine, scan: async () => [] }, "someone", query));
    if (plan !== "") read.push([query.sort, query.where[0], query.reverse]);
  }
  expect(read).toEqual([
    ["due_date", status("pending"), false],
    ["created", NOT_DELETED, false],
    ["created", NOT_DELETED, true],
    ["updated", status("all"), false],
    ["updated", status("all"), true],
    [undefined, status("all"), false],
    [undefined, status("all"), true],
  ]);
});

describe("what a server asks of accounts is found in an index", () => {
  const session = draftSession("someone");

  test.each<[string, (accounts: AccountStore) => Promise<unknown>, readonly string[]]>([
    ["an account by its id", (accounts) => accounts.findAccount({ id: "x" }), ["sqlite_autoindex_accounts_1"]],
    ["an account by its e-mail address", (accounts) => accounts.findAccount({ email: "x" }), ["accounts_email"]],
    [
      "a session",
      (accounts) => accounts.findSession("x", 1),
      ["sqlite_autoindex_sessions_1", "sqlite_autoindex_accounts_1"],
    ],
    [
      "a refresh token",
      (accounts) => accounts.hasRefreshToken({ session: "x", token: "x" }, 1),
      ["sqlite_autoindex_sessions_1"],
    ],
    ["the sessions of an account", (accounts) => accounts.listSessions("x", 1), ["sessions_account"]],
    ["a session that is made", (accounts) => accounts.createSession(session, 0), ["sessions_account"]],
    [
      "a session that is renewed",
      (accounts) => accounts.renewSession(draftRenewal(session)),
      ["sqlite_autoindex_sessions_1"],
    ],
    ["a token", (accounts) => accounts.findToken("x", 1), ["api_tokens_hash", "sqlite_autoindex_accounts_1"]],
    ["the tokens of an account", (accounts) => accounts.listTokens("x"), ["api_tokens_account"]],
    ["a token that is used", (accounts) => accounts.touchToken("x", 1), ["sqlite_autoindex_api_tokens_1"]],
    ["a device by its user code", (accounts) => accounts.findDeviceRequest("x", 1), ["device_codes_user_code"]],
    [
      "a device that asks",
      (accounts) => accounts.pollDeviceRequest("x", draftPoll(1, { max: 1 })),
      ["sqlite_autoindex_device_codes_1", "sessions_account"],
    ],
    ["an event that is added", (accounts) => accounts.addEvent(draftEvent("x")), ["auth_events_outcome"]],
    [
      "whether somebody signed in from a network",
      (accounts) => accounts.hasSignedIn({ email: "x" }, { network: "x", now: 1 }),
      ["accounts_email", "auth_events_network"],
    ],
  ])("%s", async (_, ask, indexes) => {
    const plan = await explain((engine) => ask(createAccountStore(engine)));
    for (const index of indexes) expect(plan).toContain(`USING INDEX ${index} `);
    expect(plan).not.toMatch(/^SCAN (?!CONSTANT ROW|opened)/m);
  });
});

describe("a task that a change is about is found by its id,", () => {
  const id = "019a9f3c-51c8-7000-8000-0000a1b2c3d4";
  const change = { id, registers: { "tag:a": `${"1".repeat(24)}true` } };
  const sync = (work: (sync: SyncStore) => Promise<unknown>) => explain((engine) => work(createSyncStore(engine)));
  const page = { after: 0, limit: 10, now: 1 };

  test.each<[string, () => Promise<string>]>([
    ["before it is merged", () => sync((asked) => asked.precheck("x", { head: null, arrivals: [change] }))],
    ["when it is merged", () => sync((asked) => asked.exchange("x", { ...page, arrivals: [change] }).catch(() => 0))],
    [
      "when it is edited",
      () =>
        explain((engine) =>
          createStore(engine).commit("x", {
            now: 1,
            action: "edit",
            edits: [{ id, fields: { "tag:a": true } }],
            expected: new Map([[id, 1]]),
          }),
        ),
    ],
  ])("%s", async (_, plan) => {
    expect(await plan()).toContain("SEARCH t USING INDEX sqlite_autoindex_tasks_1 (user_id=? AND id=?)");
    // Any other way goes through all changes for each task of the user.
    expect(await plan()).not.toMatch(/SEARCH t USING INDEX (?!sqlite_autoindex_tasks_1)/);
  });
});

describe("of series only what a change touches is read,", () => {
  const sync = (work: (sync: SyncStore) => Promise<unknown>) => explain((engine) => work(createSyncStore(engine)));

  test("each by its own key, and so are its parts and the records of their occurrences", async () => {
    const plan = await sync((asked) => asked.findSeries("x", ["a", "b"]));
    expect(plan).toContain("SEARCH tasks USING INDEX tasks_repeating (user_id=? AND id=?)");
    expect(plan).toContain("SEARCH t USING INDEX tasks_parent (user_id=? AND parent=?)");
    expect(plan).toContain("SEARCH t USING INDEX tasks_series (user_id=? AND series=? AND occurrence=?)");
    expect(plan).not.toMatch(/SCAN t|AUTOMATIC/);
  });

  test("all series and all records of some are found in their indexes", async () => {
    const all = await explain((engine) => createReplica(engine, "x").findSeries());
    expect(all).toContain("SEARCH tasks USING INDEX tasks_repeating (user_id=?)");
    const records = await sync((asked) => asked.findRecords("x", ["a", "b"]));
    expect(records).toContain("SEARCH tasks USING INDEX tasks_series (user_id=? AND series=?)");
  });

  test("and whether there is one is asked of an index", async () => {
    const plan = await sync((asked) => asked.precheck("x", { head: null, arrivals: [] }));
    expect(plan).toContain("SEARCH tasks USING INDEX tasks_repeating (user_id=?)");
  });
});

describe("what a replica asks at the end of every command, and what it writes with every edit,", () => {
  const step = { user: "someone", node: "a1b2c3d4", now: 1, changes: "[]" };
  const run = (query: SQL) => explain(async (engine) => void (await engine.read("someone", query, step)));
  const replica = (work: (replica: Replica) => Promise<unknown>) =>
    explain((engine) => work(createReplica(engine, "x")));

  test("looks at no more than one row of what is unsent", async () => {
    const plan = await replica((asked) => asked.state(1));
    // Whether there is one is known after the first.
    expect(plan).toMatch(/SCALAR SUBQUERY \d+\nSCAN outbox/);
    expect(plan).not.toContain("tasks");
  });

  test("finds what is to be sent, in so many steps as are asked for", async () => {
    const plan = await replica((asked) => asked.outgoing(10));
    expect(plan).not.toContain("AUTOMATIC");
    expect(plan).toContain("SCAN outbox USING COVERING INDEX sqlite_autoindex_outbox_1");
    expect(plan).toContain("SEARCH o USING INDEX sqlite_autoindex_outbox_1 (id=?)");
    expect(plan).toContain("SEARCH t USING INDEX sqlite_autoindex_tasks_1 (user_id=? AND id=?)");
  });

  test("finds what gets another clock by its key, not by reading all for each", async () => {
    const clock = "1".repeat(24);
    raw.run("insert into tasks (user_id, id, handle, revision, registers) values ('x', 'y', 'z', 1, ?)", [
      JSON.stringify({ title: `${clock}"Milk"` }),
    ]);
    raw.run("insert into outbox values ('y', 'title', ?)", [clock]);
    const plan = await replica((asked) => asked.redateUnsent(1));
    expect(plan).toContain("SEARCH t USING INDEX sqlite_autoindex_tasks_1 (user_id=? AND id=?)");
    expect(plan).toContain("SEARCH h USING COVERING INDEX sqlite_autoindex_history_1 (user_id=? AND clock=?)");
    expect(plan).toContain("SEARCH h USING COVERING INDEX history_undoes (user_id=? AND undoes=?)");
    for (const table of ["tasks", "history"]) expect(plan).toContain(`SEARCH ${table} USING INTEGER PRIMARY KEY`);
  });

  test.each(
    Object.entries({
      ENQUEUE,
      ENQUEUE_MERGED: enqueueMerged(),
      ENQUEUE_DELETED,
      COUNT_CONFLICTS: countConflicts(),
      RECORD_ARRIVALS: recordArrivals(),
    }),
  )("finds the tasks of %s by their ids", async (_, query) => {
    const plan = await run(query);
    expect(plan).toContain("SEARCH t USING INDEX sqlite_autoindex_tasks_1 (user_id=? AND id=?)");
    expect(plan).not.toContain("tasks_revision");
  });
});

test("whether a purge is due is asked of the oldest entry of the log, and of no other", async () => {
  const steps = await explain((engine) => createReplica(engine, "local").isPurgeDue(0, 0), "explain");
  expect(steps).toContain("SeekGE");
  // An aggregate is made of all entries.
  expect(steps).not.toContain("AggStep");
});
