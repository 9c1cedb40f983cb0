import { describe, expect, test } from "bun:test";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { connect } from "../../support/server/raw-http.ts";
import { eventually, request } from "../../support/server/server.ts";
import { useStartedServers } from "../../support/server/started-servers.ts";

const start = useStartedServers();

async function register(url: string) {
  const json = { email: EMAIL, password: PASSWORD };
  return (await request(`${url}/api/auth/register`, "POST", { json })).body;
}

describe("an export", () => {
  test("comes to no good end where the store breaks meanwhile", async () => {
    const { store, accounts } = openSqlite(":memory:");
    let pages = 0;
    const breaking: typeof store = {
      ...store,
      find: async (user, query) => {
        pages += 1;
        if (pages > 1) throw new Error("the disk is gone");
        return store.find(user, query);
      },
    };
    const server = start({ store: breaking, accounts });
    const { access_token, user } = await register(server.url);
    const edits = Array.from({ length: 5000 }, () => ({ id: Bun.randomUUIDv7(), fields: { title: "x" } }));
    await store.commit(user.id, { action: "import", now: Date.now(), edits, returning: false });
    const headers = { authorization: `Bearer ${access_token}` };
    const text = fetch(`${server.url}/api/me/export`, { headers }).then((response) => response.text());
    const [end] = await Promise.allSettled([text]);
    // What comes must not be taken for all tasks.
    if (end.status === "fulfilled") expect(() => JSON.parse(end.value)).toThrow(SyntaxError);
    expect((await request(`${server.url}/api/me`, "GET", { token: access_token })).status).toBe(200);
  });

  test("is read no further than a client waits for", async () => {
    const { store, accounts } = openSqlite(":memory:");
    let pages = 0;
    const counted: typeof store = {
      ...store,
      find: (user, query) => {
        pages += 1;
        return store.find(user, query);
      },
    };
    const server = start({ store: counted, accounts });
    const { access_token, user } = await register(server.url);
    const edits = Array.from({ length: 20_000 }, () => ({
      id: Bun.randomUUIDv7(),
      fields: { title: "x".repeat(500), description: "y".repeat(1000) },
    }));
    await store.commit(user.id, { action: "import", now: Date.now(), edits, returning: false });
    const head = `GET /api/me/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${access_token}\r\n\r\n`;
    const connection = await connect(server.port);
    connection.write(head);
    await connection.read(/\r\n\r\n\w+\r\n\[/);
    connection.terminate();
    await eventually("the end of the reading", async () => {
      const before = pages;
      await Bun.sleep(50);
      return pages === before;
    });
    const afterwards = pages;
    expect(await server.readLog(3)).toMatchObject([
      { event: "sign_up" },
      { status: 201 },
      { route: "GET /api/me/export", status: 200 },
    ]);
    const whole = await request(`${server.url}/api/me/export`, "GET", { token: access_token });
    expect(whole.body).toHaveLength(20_000);
    expect(afterwards).toBeLessThan(pages - afterwards);
  });
});
