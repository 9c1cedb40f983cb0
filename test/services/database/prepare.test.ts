import { describe, expect, test } from "bun:test";
import type { DatabaseServer, DatabaseStatus } from "../../../src/ports/database.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { type Preparation, prepareDatabase } from "../../../src/services/database/prepare.ts";
import { SOUND } from "../../support/stores/database-status.ts";
import { refusalOf } from "../../support/errors.ts";

type Step = "migrate" | "status" | "pause";

/**
 * A database that goes through these days: each migration or look throws what the day brings, a pause ends the day, and the last
 * one lasts. The server is stopped when the days are over.
 */
function createDays(...days: readonly (Error | Partial<DatabaseStatus>)[]) {
  const steps: Step[] = [];
  const notes: string[] = [];
  const pauses: number[] = [];
  let day = 0;
  const weather = () => {
    const today = days[day];
    if (today instanceof Error) throw today;
    return { ...SOUND, ...today };
  };
  const { store, accounts, sync, usage } = openSqlite(":memory:");
  const server: DatabaseServer = {
    store,
    accounts,
    sync,
    usage,
    status: async () => {
      steps.push("status");
      return weather();
    },
    migrate: async () => {
      steps.push("migrate");
      weather();
      return ["0000_first"];
    },
    createRole: () => Promise.reject(new Error("nobody asked for a role")),
  };
  const preparation: Preparation = {
    serving: server,
    owner: server,
    migrate: true,
    requireRowSecurity: false,
    note: (text) => void notes.push(text),
    isStopped: () => day >= days.length,
    sleep: async (ms) => {
      steps.push("pause");
      pauses.push(ms);
      day += 1;
    },
  };
  return { preparation, server, steps, notes, pauses };
}

const away = (reason = "it can't be reached") => new TodoError("unavailable", reason);
const READY = "The database is ready.";
const notReady = (reason: string) => `Not ready: ${reason}. Trying again until it is.`;

describe("a database", () => {
  test("is brought up to date, then looked at, and what was applied is said", async () => {
    const { preparation, steps, notes } = createDays({});
    const { ready } = await prepareDatabase(preparation);
    await ready;
    expect(steps).toEqual(["migrate", "status"]);
    expect(notes).toEqual(["Applied 0000_first"]);
  });

  test("is brought up to date by its owner and looked at as it is served", async () => {
    const [serving, owning] = [createDays({}), createDays({})];
    await prepareDatabase({ ...serving.preparation, owner: owning.server });
    expect([owning.steps, serving.steps]).toEqual([["migrate"], ["status"]]);
  });

  test("is only looked at where nobody is to change it", async () => {
    const { preparation, steps, notes } = createDays({});
    await prepareDatabase({ ...preparation, migrate: false });
    expect([steps, notes]).toEqual([["status"], []]);
  });

  test.each<[string, Error | Partial<DatabaseStatus>]>([
    ["newer_store", new TodoError("newer_store", "it is newer")],
    ["newer_store", { unknown: ["0099_new"] }],
    ["forbidden", new TodoError("forbidden", "no")],
    ["usage", new TodoError("usage", "no")],
    ["read_only_store", new TodoError("read_only_store", "no")],
  ])("that fails with %s is refused at once", async (code, day) => {
    const { preparation, steps, notes } = createDays(day);
    expect(await refusalOf(prepareDatabase(preparation))).toMatchObject({ code });
    expect(steps).not.toContain("pause");
    expect(notes.filter((note) => note.startsWith("Not ready"))).toEqual([]);
  });

  test("that fails in a way that nobody thought of is refused at once", async () => {
    const { preparation } = createDays(new TypeError("x is not a function"));
    expect(prepareDatabase(preparation)).rejects.toThrow(TypeError);
  });
});

describe("a database that is away", () => {
  test("is tried again every 250 ms until it is there", async () => {
    const { preparation, steps, notes, pauses } = createDays(away(), away(), away(), {});
    const { ready } = await prepareDatabase(preparation);
    await ready;
    expect(pauses).toEqual([250, 250, 250]);
    expect(steps.filter((step) => step === "status")).toHaveLength(1);
    expect(notes).toEqual([notReady("it can't be reached"), "Applied 0000_first", READY]);
  });

  test.each(["unavailable", "timed_out", "locked"] as const)("or fails with %s is tried again", async (code) => {
    const { preparation, notes } = createDays(new TodoError(code, "not now"), {});
    const { ready } = await prepareDatabase(preparation);
    await ready;
    expect(notes).toEqual([notReady("not now"), "Applied 0000_first", READY]);
  });

  test("does not hold up who asked", async () => {
    const { preparation } = createDays(away());
    const sleep = Promise.withResolvers<void>();
    const { ready } = await prepareDatabase({ ...preparation, sleep: () => sleep.promise, isStopped: () => true });
    sleep.resolve();
    await ready;
  });

  test("is given up when the server stops, without another look", async () => {
    const { preparation, steps, notes } = createDays(away());
    const { ready } = await prepareDatabase(preparation);
    await ready;
    expect(steps).toEqual(["migrate", "pause"]);
    expect(notes).toEqual([notReady("it can't be reached")]);
  });

  test("has each of its troubles said once", async () => {
    const newer = new TodoError("newer_store", "it is newer");
    const { preparation, notes } = createDays(
      away("a"),
      away("b"),
      away("a"),
      newer,
      away("b"),
      newer,
      new TypeError("secret"),
      {},
    );
    const { ready } = await prepareDatabase(preparation);
    await ready;
    const troubles = ["a", "b", "it is newer", "this is a bug in todo"];
    expect(notes).toEqual([...troubles.map(notReady), "Applied 0000_first", READY]);
  });

  test("has no trouble said that came from stopping", async () => {
    const { preparation, notes } = createDays({});
    let attempts = 0;
    const migrate = async () => {
      attempts += 1;
      // The second time the server stops meanwhile, and its connections are closed.
      throw away(attempts === 1 ? "a" : "closed");
    };
    const owner = { ...preparation.owner, migrate };
    const { ready } = await prepareDatabase({ ...preparation, owner, isStopped: () => attempts > 1 });
    await ready;
    expect([attempts, notes]).toEqual([2, [notReady("a")]]);
  });

  test("may be one that lacks migrations, which somebody else applies", async () => {
    const { preparation, steps, notes } = createDays({ pending: ["0001_x"] }, { pending: ["0001_x"] }, {});
    const { ready } = await prepareDatabase({ ...preparation, migrate: false });
    await ready;
    expect(steps).not.toContain("migrate");
    expect(notes).toEqual([notReady("the database lacks migrations (0001_x)"), READY]);
  });
});

describe("row-level security", () => {
  const UNBOUND = { role: "owner", bypassesRowSecurity: true };
  const UNPROTECTED = { unprotected: ["tasks", "users"] };

  test.each<[Partial<DatabaseStatus>, string, string]>([
    [UNBOUND, "does not bind the role owner", "todo db migrate --create-role"],
    [UNPROTECTED, "does not protect tasks, users", "todo db status"],
  ])("with %p is said, and refused where it is required", async (day, gap, see) => {
    const { preparation, notes } = createDays(day);
    await prepareDatabase({ ...preparation, migrate: false });
    expect(notes).toEqual([`Row-level security ${gap}: users are kept apart by the queries alone. See ${see}`]);
    const refused = await refusalOf(prepareDatabase({ ...preparation, requireRowSecurity: true }));
    expect(refused).toMatchObject({ code: "forbidden", hints: [`See: ${see}`] });
    expect(refused.message).toBe(`TODO_REQUIRE_RLS is set, and row-level security ${gap}`);
  });

  test("is looked for in the background, too, until it is there", async () => {
    const { preparation, notes } = createDays(away(), UNBOUND, UNBOUND, {});
    const { ready } = await prepareDatabase({ ...preparation, migrate: false, requireRowSecurity: true });
    await ready;
    const refused = "TODO_REQUIRE_RLS is set, and row-level security does not bind the role owner";
    expect(notes).toEqual([notReady("it can't be reached"), notReady(refused), READY]);
  });

  test("is not asked of a database that has no tables yet", async () => {
    const { preparation } = createDays({ ...UNBOUND, pending: ["0000_first"] }, {});
    const { ready } = await prepareDatabase({ ...preparation, migrate: false, requireRowSecurity: true });
    await ready;
  });
});
