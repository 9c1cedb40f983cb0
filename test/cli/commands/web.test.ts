import { describe, expect, jest, test } from "bun:test";
import type { Io } from "../../../src/cli/platform/io.ts";
import { serve } from "../../../src/server/serve.ts";
import { addTasks } from "../../../src/services/tasks/add-tasks.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { useOnline } from "../../support/cli/online.ts";
import { createServing } from "../../support/cli/serving.ts";
import { type Setup, useTerminals } from "../../support/cli/terminal.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { OWN } from "../../support/server/page.ts";
import { at, only } from "../../support/stores/test-user.ts";

const openTerminal = useTerminals();
const goOnline = useOnline();
const scratch = useScratch();

const CODE = "todo_web_abc";
const AT = "http://127.0.0.1:8787";
const LINK = `${AT}/#code=${CODE}`;

const giveCode = async () => Response.json({ code: CODE, expires_in: 60 }, { status: 201 });
const isAway = () => Promise.reject(new Error("connection refused"));

function refuseWith(status: number, code: string) {
  return async () => Response.json({ type: "about:blank", title: "No", status, code }, { status });
}

/** Somebody with a database of their own, whose server answers so to who asks for a code. */
function openOwner(
  answer: () => Promise<Response>,
  { env = {}, ...setup }: Partial<Setup> = {},
  more: Partial<Io> = {},
) {
  const asked: { readonly url: string; readonly token: string }[] = [];
  const fetchServer: Io["fetch"] = async (url, { headers }) => {
    asked.push({ url, token: new Headers(headers).get("authorization") ?? "" });
    return answer();
  };
  const path = scratch(`${crypto.randomUUID()}.db`);
  const terminal = openTerminal({ ...setup, env: { TODO_DB: path, ...env }, fetch: fetchServer });
  const noteServer = async (address: string) => {
    await (await terminal.io.openStore(path)).openReplica(LOCAL_USER).noteServer(address);
  };
  return { ...createServing(terminal, more), asked, noteServer };
}

describe("`todo web`", () => {
  test("serves the database on this machine, opens the page with a code, and goes on until it is stopped", async () => {
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    const { promise: shown, resolve: show } = Promise.withResolvers<string>();
    const openBrowser = (url: string) => {
      show(url);
      return true;
    };
    const { orders, events, openPage } = openOwner(giveCode, {}, { untilStopped: () => stopped, openBrowser });
    const ended = openPage();
    expect([await shown, events]).toEqual([LINK, ["listen"]]);
    stop();
    expect(await ended).toEqual({ code: 0, out: `Your tasks are at ${AT}/\n`, err: "Press Ctrl-C to stop.\n" });
    expect(events).toEqual(["listen", "stop", "close"]);
    expect(only(orders)).toMatchObject({
      host: "127.0.0.1",
      port: 8787,
      hasPage: true,
      isOwned: true,
      isLogged: false,
    });
  });

  test.each([
    [{}, ["--port", "9000"], 9000],
    [{ PORT: "9001" }, [], 9001],
    // Others would reach it there.
    [{ HOST: "0.0.0.0" }, [], 8787],
  ])("listens with the variables %p and the flags %p on this machine alone, port %d", async (env, flags, port) => {
    const { orders, terminal, openPage } = openOwner(giveCode, { env });
    expect((await openPage(...flags)).code).toBe(0);
    expect(only(orders)).toMatchObject({ host: "127.0.0.1", port });
    expect(terminal.pages).toEqual([`http://127.0.0.1:${port}/#code=${CODE}`]);
  });

  test("prints the link for programs and for scripts, and opens nothing", async () => {
    const { terminal, openPage } = openOwner(giveCode);
    expect((await openPage("--quiet")).out).toBe(`${LINK}\n`);
    expect(JSON.parse((await openPage("--json")).out)).toEqual({ url: LINK });
    expect(terminal.pages).toEqual([]);
  });

  test("prints the link where there is no browser", async () => {
    const { openPage } = openOwner(giveCode, {}, { openBrowser: () => false });
    expect((await openPage()).out).toBe(`Open this link within a minute, in a browser on this machine:\n${LINK}\n`);
  });

  test("is for a database in a file, which can keep a secret", async () => {
    const { orders, openPage } = openOwner(giveCode);
    const remote = await openPage("--db", "postgres://ann@db.test/todo");
    expect([remote.code, remote.err]).toEqual([
      2,
      "todo: todo web is for a database in a file\n  Open the page of its server instead, at the address of that.\n",
    ]);
    expect((await openPage("--db", ":memory:")).err).toBe("todo: a database in memory can't keep a secret\n");
    expect((await openPage("--port", "x")).code).toBe(2);
    expect(orders).toEqual([]);
  });

  test("stops the server and takes its address out of the database if it gets no code from it", async () => {
    const { events, terminal, openPage } = openOwner(isAway);
    expect((await openPage()).code).toBe(6);
    expect([events, terminal.pages]).toEqual([["listen", "stop", "close"], []]);
    const { openReplica } = await terminal.io.openStore(terminal.setup.env["TODO_DB"] ?? "");
    expect(await openReplica(LOCAL_USER).servedAt()).toBeNull();
  });
});

describe("a server that runs on the database already", () => {
  test("opens the page, and nothing else is started", async () => {
    const { terminal, orders, asked, noteServer, openPage } = openOwner(giveCode);
    await noteServer("http://127.0.0.1:9000/todo");
    expect(await openPage()).toEqual({ code: 0, out: "Your tasks are at http://127.0.0.1:9000/todo/\n", err: "" });
    expect([orders, terminal.pages]).toEqual([[], [`http://127.0.0.1:9000/todo/#code=${CODE}`]]);
    const { url, token } = only(asked);
    expect(url).toBe("http://127.0.0.1:9000/todo/api/web/codes");
    const { sub, iat, exp } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect([sub, exp - iat]).toEqual(["local", 60]);
  });

  test("that was killed is replaced", async () => {
    const answers = [isAway, giveCode];
    const { orders, asked, noteServer, openPage } = openOwner(() => (answers.shift() ?? isAway)());
    await noteServer("http://127.0.0.1:9000");
    expect((await openPage()).code).toBe(0);
    expect([orders.length, at(asked, 0).url, at(asked, 1).url]).toEqual([
      1,
      "http://127.0.0.1:9000/api/web/codes",
      `${AT}/api/web/codes`,
    ]);
  });

  test.each([
    ["does not take the token", 401, "unauthorized"],
    ["is reached by others", 403, "forbidden"],
    ["knows no page", 404, "not_found"],
  ])("and that %s is named", async (_, status, code) => {
    const { orders, terminal, noteServer, openPage } = openOwner(refuseWith(status, code));
    await noteServer("http://0.0.0.0:8787");
    expect(await openPage()).toEqual({
      code: 4,
      out: "",
      err:
        "todo: the server at http://0.0.0.0:8787 does not let you in as the owner of the database\n" +
        "  One that others can reach, or that has no page, does not. Sign in there with an account, or stop it and try again.\n" +
        "  One that was started with other settings, such as a secret, needs the same here.\n",
    });
    expect([orders, terminal.pages]).toEqual([[], []]);
  });

  test("gets no token if the database says that it is on another machine", async () => {
    const { asked, noteServer, openPage } = openOwner(giveCode);
    await noteServer("http://evil.example.com");
    expect((await openPage()).code).toBe(0);
    expect(asked.map(({ url }) => url)).toEqual([`${AT}/api/web/codes`]);
  });
});

test("the code of the link opens what `todo list` shows", async () => {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const { promise: shown, resolve: show } = Promise.withResolvers<string>();
  const terminal = openTerminal({ env: { TODO_DB: scratch("real.db") }, fetch });
  await terminal.print("add", "Pay rent");
  const { openPage } = createServing(terminal, {
    untilStopped: () => stopped,
    openBrowser: (url) => {
      show(url);
      return true;
    },
    serve: async ({ hasPage, isLogged, ...order }) => {
      expect([hasPage, isLogged]).toEqual([true, false]);
      const { io } = terminal;
      return serve({
        ...order,
        system: io.system,
        version: "1.2.3",
        env: {},
        log: io.err.write,
        listWebFiles: () => ({}),
      });
    },
  });
  const ended = openPage("--port", "0");
  const [page = "", code] = (await shown).split("#code=");
  const post = (path: string, json: unknown, headers: Readonly<Record<string, string>>) =>
    fetch(`${page}${path}`, {
      method: "POST",
      body: JSON.stringify(json),
      headers: { "content-type": "application/json", ...headers },
    });
  const signedIn = await post("api/web/code", { code }, OWN);
  const grant: ReturnType<typeof JSON.parse> = await signedIn.json();
  expect([signedIn.status, grant.user]).toEqual([200, { id: "local", email: null }]);
  const authorization = `Bearer ${grant.access_token}`;
  const synced: ReturnType<typeof JSON.parse> = await (
    await post("api/sync", { protocol: 1, replica: "page" }, { authorization })
  ).json();
  expect(synced.changes[0].registers.title).toEndWith('"Pay rent"');
  stop();
  expect((await ended).code).toBe(0);
});

test("what is edited in the page goes on to the server that the database follows", async () => {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const { promise: shown, resolve: show } = Promise.withResolvers<void>();
  const laptop = await (await goOnline()).signUp();
  const path = scratch("linked.db");
  await laptop.print("--db", path, "sync");
  jest.useFakeTimers();
  try {
    const { openPage } = createServing(laptop, {
      untilStopped: () => stopped,
      openBrowser: () => {
        show();
        return true;
      },
      fetch: giveCode,
    });
    const ended = openPage("--db", path);
    await shown;
    // Stands for the page, because the command would start a sync by itself.
    const { store } = await laptop.io.openStore(path);
    await addTasks({ store, user: LOCAL_USER, system: laptop.io.system }, [{ title: "Milk" }]);
    expect(laptop.starts).toEqual([]);
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    laptop.setup.start = start;
    jest.advanceTimersByTime(5000);
    await started;
    expect(laptop.starts).toEqual([`sync --background --db ${path}`]);
    stop();
    expect((await ended).code).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
