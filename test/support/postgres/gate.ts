import type { Alter } from "./altered-store.ts";

/** Whoever holds this lock of a database keeps the gate closed. */
export const GATE = "select pg_advisory_xact_lock(712042)";

/** What changes rows. A search has a transaction too, for its timeout. */
const WRITING = /\b(insert into|update|delete from)\b/;

/** A client whose units of work have done everything and then wait at the gate before they commit. */
export const waiting: Alter = (client) => ({
  ...client,
  transaction: async (statements, attempt) => {
    if (!statements.some(({ text }) => WRITING.test(text))) return client.transaction(statements, attempt);
    const answers = await client.transaction([...statements, { text: GATE, params: [] }], attempt);
    return answers.slice(0, -1);
  },
});
