import type { PoolClient, Result } from "pg";

/** One statement of a request, as the driver sends it. */
export type NeonQuery = { readonly query: string; readonly params?: readonly unknown[] };

/** How the transaction of a batch begins. */
export type NeonTransaction = {
  readonly isolation: string | null;
  readonly readOnly: boolean;
  readonly deferrable: boolean;
};

/** The values of the header, and what PostgreSQL calls them. */
export const ISOLATION_LEVELS: ReadonlyMap<string, string> = new Map([
  ["Serializable", "serializable"],
  ["ReadUncommitted", "read uncommitted"],
  ["ReadCommitted", "read committed"],
  ["RepeatableRead", "repeatable read"],
]);

type Answer = Omit<Result, "command"> & { readonly rowAsArray: true; readonly command: string };

const asIs = { getTypeParser: () => (text: string) => text };

/** Runs one statement and answers its rows as PostgreSQL's own text. */
export async function runQuery(client: PoolClient, { query, params = [] }: NeonQuery): Promise<Answer> {
  const { command, rowCount, fields, rows } = await client.query({
    text: query,
    values: params.map(formatParameter),
    rowMode: "array",
    // As Neon does. Else a text without parameters could hold several statements.
    queryMode: "extended",
    types: asIs,
  });
  return { rowAsArray: true, fields, rows, command: command ?? "", rowCount };
}

/** Runs statements one after another in one transaction. Where one fails, none has happened. */
export async function runBatch(
  client: PoolClient,
  queries: readonly NeonQuery[],
  transaction: NeonTransaction,
): Promise<{ readonly results: readonly Answer[] }> {
  await client.query(formatBegin(transaction));
  const results: Answer[] = [];
  try {
    for (const query of queries) results.push(await runQuery(client, query));
  } catch (error) {
    // Where the connection is gone nothing has happened either, and the first error says more.
    await client.query("rollback").catch(() => {});
    throw error;
  }
  await client.query("commit");
  return { results };
}

function formatBegin({ isolation, readOnly, deferrable }: NeonTransaction): string {
  const modes = [
    isolation === null ? [] : [`isolation level ${isolation}`],
    readOnly ? ["read only"] : [],
    deferrable ? ["deferrable"] : [],
  ].flat();
  return `begin ${modes.join(", ")}`;
}

/** The driver sends texts and null only. */
function formatParameter(value: unknown): string | null {
  return value === null || typeof value === "string" ? value : JSON.stringify(value);
}
