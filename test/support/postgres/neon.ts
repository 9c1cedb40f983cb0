import { afterAll } from "bun:test";
import { DatabaseError, Pool, type PoolClient } from "pg";
import { ISOLATION_LEVELS, type NeonQuery, type NeonTransaction, runBatch, runQuery } from "./neon-queries.ts";

/** A request that came in. */
export type NeonRequest = {
  readonly queries: readonly string[];
  readonly batch: boolean;
  readonly headers: Headers;
};

/**
 * Replies in place of the stand-in, or leaves it to `answer` with undefined. It may also call that and lose the reply.
 */
export type Intercept = (body: string, answer: () => Promise<Response>) => Response | Promise<Response> | undefined;

export type NeonOptions = {
  /** Where the PostgreSQL behind it listens. The host of a connection string says nothing here. */
  readonly port: number;
  /** False where nobody looks at the requests, such as in a benchmark. */
  readonly record?: boolean;
  /** Connections for each user and database. */
  readonly connections?: number;
};

/** A stand-in for Neon's proxy: its HTTP endpoint in front of a real PostgreSQL. */
export type Neon = {
  /** What `neonConfig.fetchEndpoint` is to be. */
  readonly endpoint: string;
  /** What came in, oldest first. */
  readonly requests: readonly NeonRequest[];
  readonly clear: () => void;
  /** To be set by a test that makes faults. */
  intercept: Intercept | undefined;
  /** Ends all connections, also of what still runs. */
  readonly stop: () => Promise<void>;
};

type Payload = NeonQuery | { readonly queries: readonly NeonQuery[] };

/** Starts stand-ins that end after the last test of the file. */
export function useNeon(): (options: NeonOptions) => Neon {
  const started: Neon[] = [];
  afterAll(() => Promise.all(started.map((neon) => neon.stop())));
  return (options) => {
    const neon = startNeon(options);
    started.push(neon);
    return neon;
  };
}

/**
 * Starts a stand-in. Protocol, statuses and errors are those of Neon's proxy for a client that asks for raw text in
 * arrays, as the driver does (https://github.com/neondatabase/neon, proxy/src/serverless/sql_over_http.rs).
 */
export function startNeon({ port, record = true, connections = 10 }: NeonOptions): Neon {
  const requests: NeonRequest[] = [];
  const backend = createBackend(port, connections);
  const serve = async (request: Request): Promise<Response> => {
    const { headers } = request;
    const body = await request.text();
    const payload = readPayload(body);
    if (payload === undefined) return refuse(400, "could not parse the HTTP request body");
    const queries = "queries" in payload ? payload.queries : [payload];
    if (record) {
      const texts = queries.map(({ query }) => query);
      requests.push({ queries: texts, batch: "queries" in payload, headers: new Headers(headers) });
    }
    const answer = () => backend.answer(headers, payload);
    return (await neon.intercept?.(body, answer)) ?? (await answer());
  };
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    // A test that never answers decides itself how long that is.
    idleTimeout: 0,
    routes: { "/sql": { POST: serve } },
    fetch: () => new Response(null, { status: 404 }),
  });
  const neon: Neon = {
    endpoint: `http://127.0.0.1:${server.port}/sql`,
    requests,
    clear: () => void requests.splice(0),
    intercept: undefined,
    stop: async () => {
      await Promise.all([server.stop(true), backend.stop()]);
    },
  };
  return neon;
}

function readPayload(body: string): Payload | undefined {
  try {
    const payload: Payload = JSON.parse(body);
    return "queries" in payload || "query" in payload ? payload : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The PostgreSQL behind it, with a pool for each connection string. As with Neon, what a session has set stays set in
 * it.
 */
function createBackend(port: number, max: number) {
  const pools = new Map<string, Pool>();
  const busy = new Set<PoolClient>();
  const findPool = (connection: string): Pool | undefined => {
    const pool = pools.get(connection) ?? openPool(connection, port, max);
    if (pool) pools.set(connection, pool);
    return pool;
  };
  const run = async (client: PoolClient, payload: Payload, transaction: NeonTransaction): Promise<Response> => {
    busy.add(client);
    const answered = await settle<object>(
      "queries" in payload ? runBatch(client, payload.queries, transaction) : runQuery(client, payload),
    );
    busy.delete(client);
    // As Neon does: one that is in a transaction would take the next request into it, and one that failed may be
    // broken.
    const isClean = "value" in answered || "queries" in payload;
    client.release(!isClean || client.getTransactionStatus() !== "I");
    if ("value" in answered) return Response.json(answered.value);
    return refuse(400, "connection closed", answered.error);
  };
  return {
    answer: async (headers: Headers, payload: Payload): Promise<Response> => {
      if (headers.get("neon-raw-text-output") !== "true" || headers.get("neon-array-mode") !== "true") {
        return refuse(501, "the stand-in speaks raw text in arrays only");
      }
      const transaction = readTransaction(headers);
      if (transaction === undefined) return refuse(400, "invalid isolation level");
      const pool = findPool(headers.get("neon-connection-string") ?? "");
      if (pool === undefined) return refuse(400, "invalid connection string");
      const connected = await settle(pool.connect());
      return "value" in connected ? run(connected.value, payload, transaction) : refuseConnection(connected.error);
    },
    stop: async () => {
      for (const client of busy) void client.end();
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

function openPool(connection: string, port: number, max: number): Pool | undefined {
  const [scheme, rest] = connection.split("://");
  if (rest === undefined || !/^postgres(?:ql)?$/.test(scheme ?? "")) return undefined;
  const url = new URL(`http://${rest}`);
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decodeURIComponent);
  if (!user || !database) return undefined;
  const pool = new Pool({
    host: "127.0.0.1",
    port,
    user,
    password: password ?? "",
    database,
    max,
    idleTimeoutMillis: 60_000,
  });
  // Who uses a connection that breaks is told so by the statement, and without a listener the process would end.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

function readTransaction(headers: Headers): NeonTransaction | undefined {
  const level = headers.get("neon-batch-isolation-level");
  const isolation = level === null ? null : ISOLATION_LEVELS.get(level);
  if (isolation === undefined) return undefined;
  return {
    isolation,
    readOnly: headers.get("neon-batch-read-only") === "true",
    deferrable: headers.get("neon-batch-deferrable") === "true",
  };
}

/**
 * Neon's proxy checks passwords itself, and what it finds has no code. What the server refuses is an internal error of
 * it.
 */
function refuseConnection(error: unknown): Response {
  if (!(error instanceof DatabaseError)) return refuse(500, "error connecting to server");
  return error.code?.startsWith("28") ? refuse(400, error.message) : refuse(500, error.message, error);
}

/** An error as Neon words it. One that does not come from the server has an empty code. */
function refuse(status: number, message: string, error?: unknown): Response {
  const said = error instanceof DatabaseError ? error : undefined;
  return Response.json(
    {
      message: said?.message ?? message,
      code: said?.code ?? "",
      detail: said?.detail ?? null,
      hint: said?.hint ?? null,
      position: said?.position ?? null,
      internalPosition: said?.internalPosition ?? null,
      internalQuery: said?.internalQuery ?? null,
      severity: said?.severity ?? "",
      where: said?.where ?? null,
      table: said?.table ?? null,
      column: said?.column ?? null,
      schema: said?.schema ?? null,
      dataType: said?.dataType ?? null,
      constraint: said?.constraint ?? null,
      file: said?.file ?? null,
      line: said?.line ?? null,
      routine: said?.routine ?? null,
    },
    { status },
  );
}

type Settled<Value> = { readonly value: Value } | { readonly error: unknown };

async function settle<Value>(work: Promise<Value>): Promise<Settled<Value>> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}
