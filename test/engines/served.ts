import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinary } from "../support/cli/binary.ts";

export type Credentials = { readonly email: string; readonly password: string };

/** A port on which nothing listens just now. */
export function findFreePort(): number {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() });
  const { port } = server;
  void server.stop(true);
  return port ?? 0;
}

/** The built program with accounts, on one port, that can be stopped and started again. */
export function serveAccounts() {
  const folder = mkdtempSync(join(tmpdir(), "todo-engines-"));
  const port = findFreePort();
  const secret = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  const origin = `http://localhost:${port}`;
  let server: ReturnType<typeof Bun.spawn> | undefined;
  let token: string | undefined;
  const stop = async () => {
    server?.kill();
    await server?.exited;
  };
  const ask = async (person: Credentials, path: string, init: RequestInit = {}): Promise<string> => {
    const headers = { "content-type": "application/json" };
    const login = { method: "POST", headers, body: JSON.stringify(person) };
    token ??= JSON.parse(await (await fetch(`${origin}/api/auth/login`, login)).text()).access_token;
    const asked = { ...init, headers: { ...headers, authorization: `Bearer ${token}` } };
    const response = await fetch(origin + path, asked);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return text;
  };
  return {
    origin,
    start: async () => {
      server = Bun.spawn([findBinary(), "serve", "--port", String(port)], {
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: folder,
          TODO_DB: join(folder, "server.db"),
          TODO_SIGNUP: "open",
          TODO_SECRET: secret,
        },
        stdout: "ignore",
        stderr: "ignore",
      });
      await waitFor(() =>
        fetch(`${origin}/app/config.json`).then(
          ({ ok }) => ok,
          () => false,
        ),
      );
    },
    stop,
    /** The titles of the open tasks that the server has of somebody. */
    titlesOf: async (person: Credentials): Promise<string[]> => {
      const tasks: { readonly title: string }[] = JSON.parse(await ask(person, "/api/tasks?status=pending"));
      return tasks.map(({ title }) => title).toSorted();
    },
    /** Adds a task by another device of somebody. */
    addFor: async (person: Credentials, title: string): Promise<void> => {
      await ask(person, "/api/tasks", { method: "POST", body: JSON.stringify({ title }) });
    },
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until something holds. Throws after a minute, with the last that was seen. */
export async function waitFor(holds: () => Promise<boolean>, describe: () => string = () => "it"): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not come: ${describe()}`);
    await Bun.sleep(100);
  }
}
