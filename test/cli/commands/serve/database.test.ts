import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import type { Io } from "../../../../src/cli/platform/io.ts";
import type { DatabaseOptions, DatabaseServer } from "../../../../src/ports/database.ts";
import { TodoError } from "../../../../src/domain/errors.ts";
import { only } from "../../../support/stores/test-user.ts";
import { DATABASE, NAME, PASSWORD, SECRET } from "../../../support/cli/remote.ts";
import { useScratch } from "../../../support/disks/scratch.ts";
import { createServing } from "../../../support/cli/serving.ts";
import { SOUND } from "../../../support/stores/database-status.ts";
import { eventually } from "../../../support/server/server.ts";
import { useTerminals } from "../../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const OWNER = `postgres://owner:${PASSWORD}@db.example.com/todo`;
const AWAY = new TodoError("unavailable", `${NAME}: it can't be reached`);

/** A terminal that serves a database on a server. `server` is what that does in its own way. */
function openServing(env: Record<string, string> = {}, server: Partial<DatabaseServer> = {}, more: Partial<Io> = {}) {
  const variables = { TODO_DB: "", DATABASE_URL: DATABASE, BETTER_AUTH_SECRET: SECRET };
  return createServing(openTerminal({ env: { ...variables, ...env }, server }), more);
}

test("a database on a server is served, and named by host and name beside the address", async () => {
  const { orders, events, terminal, serve } = openServing();
  expect(await serve("--port", "0")).toEqual({
    code: 0,
    out: "Listening on http://127.0.0.1:0\n",
    err: `Database: ${NAME}\n`,
  });
  expect(terminal.opened).toEqual([DATABASE]);
  expect(events).toEqual(["listen", "stop", "close"]);
  expect(only(orders).tokens.secrets).toEqual([SECRET]);
  expect((await serve("--quiet")).err).toBe("");
});

describe("which database is served", () => {
  const url = (name: string) => `postgres://u:${PASSWORD}@${name}.example.com/todo`;
  const VARIABLES = ["TODO_DATABASE_URL", "DATABASE_URL", "NEON_DB_URL", "TODO_DB"];

  test("is that of --db, else of the first variable that is set", async () => {
    const { terminal, serve } = openServing(Object.fromEntries(VARIABLES.map((name) => [name, url(name)])));
    await serve("--db", url("flag"));
    for (const name of VARIABLES) {
      await serve();
      terminal.setup.env[name] = "";
    }
    expect(terminal.opened).toEqual(["flag", ...VARIABLES].map(url));
  });

  test("is a file where --db names one, whatever the variables say", async () => {
    const { terminal, serve } = openServing();
    expect(await serve("--db", scratch("flag.db"))).toMatchObject({ code: 0, err: "" });
    expect(terminal.opened).toEqual([scratch("flag.db")]);
  });

  test("is a file where TODO_DB names one and no variable of a server is set", async () => {
    const { terminal, serve } = openServing({ DATABASE_URL: "", TODO_DB: scratch("variable.db") });
    expect((await serve()).code).toBe(0);
    expect(terminal.opened).toEqual([scratch("variable.db")]);
  });

  test.each([...VARIABLES.slice(0, -1), "TODO_MIGRATE_URL"])(
    "must be one of PostgreSQL in %s, whose value is not repeated",
    async (name) => {
      const others = name === "NEON_DB_URL" ? { DATABASE_URL: "" } : {};
      const { orders, serve } = openServing({ ...others, [name]: `mysql://u:${PASSWORD}@x.example.com/d` });
      const { code, out, err } = await serve();
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(`todo: ${name} is not the URL of a PostgreSQL database\n`);
      expect(err).not.toMatch(new RegExp(`${PASSWORD}|mysql|x\\.example`));
      expect(orders).toEqual([]);
    },
  );
});

describe("whose tokens a database on a server accepts", () => {
  test.each(["127.0.0.1", "0.0.0.0"])("must be said, on %s too, before anything is opened", async (host) => {
    const { terminal, orders, serve } = openServing({ BETTER_AUTH_SECRET: "" });
    const { code, out, err } = await serve("--host", host);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toStartWith("todo: no secret or key set is configured to check tokens with\n");
    for (const word of ["TODO_SECRET", "BETTER_AUTH_SECRET", "TODO_JWKS_URL"]) expect(err).toContain(word);
    expect([orders, terminal.opened, terminal.kept.size]).toEqual([[], [], 0]);
  });

  test("are those of accounts alone with TODO_SECRET", async () => {
    const own = "nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo";
    const { orders, serve } = openServing({ BETTER_AUTH_SECRET: "", TODO_SECRET: own });
    expect((await serve("--host", "0.0.0.0")).code).toBe(0);
    expect(only(orders)).toMatchObject({ tokens: { secrets: [], keySetUrl: null }, accountSecrets: [own] });
  });

  test("may be said by the configuration file", async () => {
    mkdirSync(scratch("todo"));
    const config = { "jwks-url": "https://a.test/jwks", "jwt-issuer": "a", "jwt-audience": "b" };
    writeFileSync(scratch("todo", "config.json"), JSON.stringify(config));
    const { orders, serve } = openServing({ BETTER_AUTH_SECRET: "", XDG_CONFIG_HOME: scratch() });
    expect((await serve()).code).toBe(0);
    expect(only(orders).tokens).toMatchObject({ secrets: [], keySetUrl: "https://a.test/jwks", issuer: "a" });
  });
});

describe("the tables of a database on a server", () => {
  const APPLIES = { migrate: async () => ["0001_second"] };

  test("are brought up to date first, by their owner where TODO_MIGRATE_URL names one", async () => {
    const { terminal, events, serve } = openServing({ TODO_MIGRATE_URL: OWNER }, APPLIES);
    const { code, err } = await serve();
    expect([code, err]).toEqual([0, `Database: ${NAME}\nApplied 0001_second\n`]);
    expect(terminal.opened).toEqual([DATABASE, OWNER]);
    expect(events).toEqual(["listen", "stop", "close", "close"]);
  });

  test("are left alone with --no-migrate", async () => {
    const migrate = () => Promise.reject(new Error("nobody asked for it"));
    const { terminal, serve } = openServing({ TODO_MIGRATE_URL: OWNER }, { migrate });
    expect((await serve("--no-migrate")).code).toBe(0);
    expect(terminal.opened).toEqual([DATABASE]);
  });

  test.each<[string, Partial<DatabaseServer>, number, string]>([
    [
      "are newer",
      { migrate: () => Promise.reject(new TodoError("newer_store", "it is newer")) },
      1,
      "todo: it is newer\n",
    ],
    ["are another program's", { migrate: () => Promise.reject(new TodoError("forbidden", "no")) }, 4, "todo: no\n"],
    ["are newer for the role that serves", { status: async () => ({ ...SOUND, unknown: ["9_x"] }) }, 1, "(9_x)"],
  ])("that %s are not served", async (_, server, exit, why) => {
    const { events, serve } = openServing({}, server);
    const { code, out, err } = await serve();
    expect([code, out]).toEqual([exit, ""]);
    expect(err).toContain(why);
    expect(events).toEqual(["close"]);
  });
});

describe("row-level security", () => {
  const UNBOUND = { status: async () => ({ ...SOUND, role: "owner", bypassesRowSecurity: true }) };
  const UNPROTECTED = { status: async () => ({ ...SOUND, unprotected: ["tasks", "users"] }) };

  test("that does not bind the role is said, however quiet the server is", async () => {
    for (const flags of [[], ["--quiet"]]) {
      const { code, err } = await openServing({}, UNBOUND).serve(...flags);
      expect(code).toBe(0);
      expect(err).toEndWith(
        "Row-level security does not bind the role owner: users are kept apart by the queries alone. " +
          "See todo db migrate --create-role\n",
      );
    }
  });

  test.each<[string, Partial<DatabaseServer>, string]>([
    ["does not bind the role", UNBOUND, "does not bind the role owner\n  See: todo db migrate --create-role\n"],
    ["does not protect a table", UNPROTECTED, "does not protect tasks, users\n  See: todo db status\n"],
  ])("that %s is a refusal where TODO_REQUIRE_RLS=1 asks for it", async (_, server, why) => {
    const { orders, serve } = openServing({ TODO_REQUIRE_RLS: "1" }, server);
    const { code, out, err } = await serve();
    expect([code, out, orders]).toEqual([4, "", []]);
    expect(err).toEndWith(`todo: TODO_REQUIRE_RLS is set, and row-level security ${why}`);
    for (const off of ["", "0"]) expect((await openServing({ TODO_REQUIRE_RLS: off }, server).serve()).code).toBe(0);
  });

  test("is asked for of the store itself, too", async () => {
    const seen: [string, DatabaseOptions | undefined][] = [];
    const { terminal, serve } = openServing(
      { TODO_REQUIRE_RLS: "1", TODO_MIGRATE_URL: OWNER },
      {},
      {
        openDatabase: (url, options) => {
          seen.push([url, options]);
          return terminal.io.openDatabase(url);
        },
      },
    );
    expect((await serve()).code).toBe(0);
    expect(seen).toEqual([
      [DATABASE, { requireRowSecurity: true, connections: 10 }],
      [OWNER, undefined],
    ]);
  });

  test.each(["2", "yes", "true", " 1"])("is asked for with 1, not with %p", async (text) => {
    const { terminal, serve } = openServing({ TODO_REQUIRE_RLS: text });
    const { code, err } = await serve();
    expect([code, err]).toEqual([2, "todo: TODO_REQUIRE_RLS is neither 1 nor 0\n  Leave it out for 0.\n"]);
    expect(terminal.opened).toEqual([]);
  });
});

describe("a database that is away", () => {
  /** A server that runs until it is stopped, whose database comes when the test says so. */
  function openAway(server: Partial<DatabaseServer> = {}) {
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    let said = "";
    const err = {
      write: (text: string) => void (said += text),
      isTerminal: () => false,
      columns: () => 80,
      rows: () => 24,
    };
    const state = { attempts: 0, failure: AWAY as TodoError | undefined };
    const migrate = async () => {
      state.attempts += 1;
      if (state.failure) throw state.failure;
      return ["0001_second"];
    };
    const serving = openServing({}, { migrate, ...server }, { err, untilStopped: () => stopped });
    return { ...serving, stop, state, said: () => said };
  }

  test("is waited for by a server that listens", async () => {
    const { serve, stop, state, said, events } = openAway();
    const ended = serve();
    await eventually("it tries again and again", () => state.attempts > 2);
    expect(events).toEqual(["listen"]);
    const complaint = `Database: ${NAME}\nNot ready: ${NAME}: it can't be reached. Trying again until it is.\n`;
    expect(said()).toBe(complaint);
    state.failure = undefined;
    await eventually("it is ready", () => said().includes("ready.\n"));
    expect(said()).toBe(`${complaint}Applied 0001_second\nThe database is ready.\n`);
    const { attempts } = state;
    stop();
    expect(await ended).toMatchObject({ code: 0, out: "Listening on http://127.0.0.1:8787\n" });
    expect(state.attempts).toBe(attempts);
    expect(events).toEqual(["listen", "stop", "close"]);
  });

  test("is not waited for any more once the server has stopped", async () => {
    const { serve, stop, state, said } = openAway();
    const ended = serve();
    stop();
    expect((await ended).code).toBe(0);
    const { attempts } = state;
    await Bun.sleep(600);
    expect(state.attempts).toBe(attempts);
    expect(said().match(/Not ready/g)).toHaveLength(1);
  });

  test("is not waited for where the server can't listen", async () => {
    const failure = new TodoError("usage", "another program has it");
    const serving = openServing({}, { migrate: () => Promise.reject(AWAY) }, { serve: () => Promise.reject(failure) });
    const { code, err } = await serving.serve();
    expect(code).toBe(2);
    expect(err).toEndWith("todo: another program has it\n");
    expect(serving.events).toEqual(["close"]);
  });
});
