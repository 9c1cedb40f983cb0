import { describe, expect, test } from "bun:test";
import { useServedApis } from "../support/server/served-api.ts";
import { TOKENS } from "../support/server/api.ts";
import { newId } from "../support/stores/test-user.ts";
import { arriving } from "../support/sync/following.ts";

const start = useServedApis();

/** A server with these settings, asked as one user. */
async function openServer(env: Readonly<Record<string, string>>) {
  const { url, tokenOf } = start({ BETTER_AUTH_SECRET: TOKENS.secrets[0] ?? "", ...env });
  const ask = async (user: string, method: string, path: string, json?: unknown) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${await tokenOf(user)}`, "content-type": "application/json" },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  return { ask };
}

describe("TODO_TASK_QUOTA", () => {
  test("refuses the task that is one too many, and says what there is and what to do", async () => {
    const { ask } = await openServer({ TODO_TASK_QUOTA: "2" });
    for (const title of ["a", "b"]) expect((await ask("ann", "POST", "/api/tasks", { title })).status).toBe(201);
    expect(await ask("ann", "POST", "/api/tasks", { title: "c" })).toEqual({
      status: 403,
      body: {
        type: "about:blank",
        title: "Forbidden",
        status: 403,
        code: "quota_exceeded",
        detail: "you can have 2 tasks here and have 2: delete some first",
        quota: { name: "tasks", limit: 2, used: 2 },
      },
    });
    expect((await ask("ben", "POST", "/api/tasks", { title: "c" })).status).toBe(201);
  });

  test("leaves to read, to change, to sync and to delete, and a deletion makes room", async () => {
    const { ask } = await openServer({ TODO_TASK_QUOTA: "1" });
    const { body: task } = await ask("ann", "POST", "/api/tasks", { title: "a" });
    const path = `/api/tasks/${task.id}`;
    expect((await ask("ann", "POST", "/api/tasks", { title: "b" })).status).toBe(403);
    expect((await ask("ann", "GET", "/api/tasks")).body).toHaveLength(1);
    expect((await ask("ann", "PATCH", path, { title: "changed" })).status).toBe(200);
    const change = arriving({ title: "brought" }, { id: newId() });
    const sync = { protocol: 1, replica: "laptop", cursor: null, changes: [change] };
    const { status, body } = await ask("ann", "POST", "/api/sync", sync);
    expect([status, body.changes.length]).toEqual([200, 1]);
    expect(body.rejected).toMatchObject([{ id: change.id, code: "quota_exceeded" }]);
    expect((await ask("ann", "DELETE", path)).status).toBe(204);
    expect((await ask("ann", "POST", "/api/tasks", { title: "b" })).status).toBe(201);
  });
});

describe("TODO_BYTE_QUOTA", () => {
  test("ends what one user can store, in however many requests", async () => {
    const { ask } = await openServer({ TODO_BYTE_QUOTA: "800000" });
    const register = (text: string) => arriving({ title: text }).registers["title"] ?? "";
    const registers = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [`k${index}`, register("x".repeat(6000))]),
    );
    const answers: unknown[] = [];
    for (let sent = 0; sent < 8; sent += 1) {
      const changes = [{ id: newId(), registers }];
      const { body } = await ask("ann", "POST", "/api/sync", { protocol: 1, replica: "laptop", limit: 1, changes });
      answers.push(body.rejected[0]?.code ?? "taken");
    }
    expect([answers.at(0), answers.at(-1)]).toEqual(["taken", "quota_exceeded"]);
  });
});
