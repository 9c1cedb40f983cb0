import { describe, expect, test } from "bun:test";
import { createDeadline } from "../../../src/server/limits/deadline.ts";
import { alterStore, makeToken, useApis } from "../../support/server/api.ts";
import { refusalOf } from "../../support/errors.ts";
import { connect, headerOf } from "../../support/server/raw-http.ts";

const openApi = useApis();

const never = () => Promise.withResolvers<never>().promise;

describe("a request that takes too long", () => {
  test("is 503 with Retry-After once its time is up", async () => {
    const api = openApi({ store: alterStore(() => ({ find: never })), deadlineMs: 50 });
    const begin = performance.now();
    const { status, headers, body } = await api.ask("GET", "/api/tasks");
    const took = performance.now() - begin;
    expect([status, body.code, headers.get("retry-after")]).toEqual([503, "timed_out", "5"]);
    expect(took).toBeGreaterThanOrEqual(45);
    expect(took).toBeLessThan(2000);
    expect(api.lines).toMatchObject([{ status: 503, route: "GET /api/tasks", user: "ann" }]);
  });

  test("does not keep others from being answered", async () => {
    const api = openApi({ store: alterStore(() => ({ find: never })), deadlineMs: 300 });
    const slow = api.ask("GET", "/api/tasks");
    expect((await api.ask("GET", "/api/me")).status).toBe(200);
    expect((await slow).status).toBe(503);
  });

  test.each([
    ["the store", { store: alterStore(() => ({ ensureUser: never })) }],
    ["the keys of the tokens", { authenticate: never }],
  ])("is the same when %s does not answer", async (_, parts) => {
    expect((await openApi({ ...parts, deadlineMs: 20 }).ask("GET", "/api/me")).body.code).toBe("timed_out");
  });

  test("is the same when the body does not come to its end", async () => {
    const api = openApi({ deadlineMs: 20 });
    const stalled = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{"title":')) });
    expect((await api.ask("POST", "/api/tasks", { text: stalled })).body.code).toBe("timed_out");
  });

  test("ends the connection when the body did not come, instead of waiting for the rest", async () => {
    const { app } = openApi({ deadlineMs: 100 });
    const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: app.fetch });
    const heads = ["Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"];
    for (const half of heads) {
      const connection = await connect(Number(server.port));
      const json = "Host: localhost\r\nContent-Type: application/json\r\n";
      const authorization = `Authorization: Bearer ${await makeToken("ann", Date.UTC(2026, 10, 20, 9))}\r\n`;
      connection.write(`POST /api/tasks HTTP/1.1\r\n${json}${authorization}${half}`);
      const reply = await connection.read(/^the end of the connection$/);
      expect(reply).toStartWith("HTTP/1.1 503 ");
      expect(headerOf(reply, "connection")).toBe("close");
      expect(connection.isOpen()).toBe(false);
    }
    await server.stop(true);
  });

  test("may fail afterwards without anybody noticing", async () => {
    const find = async () => {
      await Bun.sleep(250);
      throw new Error("too late");
    };
    const api = openApi({ store: alterStore(() => ({ find })), deadlineMs: 200 });
    expect((await api.ask("GET", "/api/tasks")).status).toBe(503);
    await Bun.sleep(100);
    expect((await api.ask("GET", "/api/me")).status).toBe(200);
    expect(api.lines).toHaveLength(2);
  });

  test("says that it may have been done, and it may be sent again with the same id", async () => {
    let slow = true;
    const store = alterStore((real) => ({
      commit: async (user, commit) => {
        const done = await real.commit(user, commit);
        if (slow) await Bun.sleep(500);
        return done;
      },
    }));
    const api = openApi({ store, deadlineMs: 300 });
    const json = { id: "0f8fad5b-d9cb-469f-a165-70867728950e", title: "Pay rent" };
    expect((await api.ask("POST", "/api/tasks", { json })).body.detail).toContain("may have been done");
    slow = false;
    expect((await api.ask("POST", "/api/tasks", { json })).status).toBe(200);
  });
});

describe("work with a deadline", () => {
  test("answers what the work answers, or throws what it throws", async () => {
    expect(await createDeadline(1000).limit(Promise.resolve("done"))).toBe("done");
    const failure = new Error("broken");
    const [outcome] = await Promise.allSettled([createDeadline(1000).limit(Promise.reject(failure))]);
    expect(outcome).toEqual({ status: "rejected", reason: failure });
  });

  test("throws timed_out when it does not end", async () => {
    const { code, retryAfter } = await refusalOf(createDeadline(1).limit(never()));
    expect([code, retryAfter]).toEqual(["timed_out", 5]);
  });

  test("keeps no process alive after it is done", async () => {
    const script = `import { createDeadline } from ${JSON.stringify(`${import.meta.dir}/../../../src/server/limits/deadline.ts`)};
      await createDeadline(60_000).limit(Promise.resolve());`;
    const child = Bun.spawn([process.execPath, "-e", script], { stdout: "inherit", stderr: "inherit" });
    const ended = await Promise.race([child.exited, Bun.sleep(5000).then(() => "still running")]);
    child.kill();
    expect(ended).toBe(0);
  });
});
