import { type ReservedSQL, SQL } from "bun";
import { codeOf } from "../../domain/errors.ts";
import { withTimeout } from "../../domain/waiting.ts";
import type { PostgresAddress } from "./address.ts";
import type { Client, Progress } from "./client.ts";
import { classifyState, type Failure } from "./errors.ts";
import type { Written } from "../statement.ts";

const NO_ANSWER = "NO_ANSWER";

const CONNECT_TIMEOUT_S = 5;
const IDLE_TIMEOUT_S = 60;

/** PostgreSQL through Bun's own client, which is measured faster than `pg`. It opens all of its connections at once. */
export function createBunClient({ url, tls, options }: PostgresAddress, connections: number): Client {
  const open = () =>
    new SQL(url.href, {
      max: connections,
      connectionTimeout: CONNECT_TIMEOUT_S,
      idleTimeout: IDLE_TIMEOUT_S,
      ...(tls && { tls: { ...tls, serverName: url.hostname } }),
      connection: { application_name: "todo", ...(options && { options }) },
    });
  let pool = open();

  /** A connection that gives no answer would be held for ever, so its pool takes nothing new, and ends when the rest is answered. */
  const inTime = <Result>(timeoutMs: number, work: (pool: SQL, isLate: () => boolean) => Promise<Result>) => {
    const used = pool;
    let isLate = false;
    const answer = work(used, () => isLate);
    return withTimeout(answer, timeoutMs, () => {
      isLate = true;
      if (pool === used) pool = open();
      void used.close({ timeout: timeoutMs / 1000 });
      return Object.assign(new Error("no answer"), { code: NO_ANSWER });
    });
  };

  return {
    query: ({ text, params }, timeoutMs) => inTime(timeoutMs, async (sql) => [...(await sql.unsafe(text, params))]),
    transaction: (statements, { timeoutMs, progress }) =>
      inTime(timeoutMs, async (sql, isLate) => {
        const connection = await sql.reserve();
        try {
          return await runAll(connection, statements, { progress, isLate });
        } finally {
          await connection.release();
        }
      }),
    classify,
    close: () => pool.close(),
  };
}

/**
 * Until `commit` is sent the server forgets everything when the connection ends. All are sent one after another: Bun does not
 * send the next statement of a connection before the last one is answered.
 */
async function runAll(
  connection: ReservedSQL,
  statements: readonly Written[],
  { progress, isLate }: { readonly progress: Progress; readonly isLate: () => boolean },
): Promise<unknown[][]> {
  try {
    await connection.unsafe("begin isolation level read committed");
    const answers: unknown[][] = [];
    for (const { text, params } of statements) answers.push([...(await connection.unsafe(text, params))]);
    // The caller was told that nothing was written.
    if (isLate()) throw new Error("too late");
    progress.isCommitting = true;
    await connection.unsafe("commit");
    return answers;
  } catch (error) {
    // Where the connection is gone, this fails too and there is nothing to take back.
    await connection.unsafe("rollback").catch(() => undefined);
    throw error;
  }
}

/** Bun reports the server's SQLSTATE as `errno`, and has codes of its own for connection errors. */
function classify(error: unknown): Failure {
  const code = codeOf(error) ?? "";
  if (code === "ERR_POSTGRES_SERVER_ERROR") {
    return classifyState(error instanceof Error && "errno" in error ? String(error.errno) : "");
  }
  if (code === NO_ANSWER) return { state: "timeout", isUndone: false };
  if (code === "ERR_POSTGRES_CONNECTION_REFUSED") return { state: "refused", isUndone: true };
  if (/_TLS_|CERT|SIGNATURE/.test(code)) return { state: "tls", isUndone: true };
  const isConnection = /^ERR_POSTGRES_(CONNECTION|IDLE_TIMEOUT|LIFETIME_TIMEOUT)|^E[A-Z]+$/.test(code);
  return { state: isConnection ? "connection" : code, isUndone: false };
}
