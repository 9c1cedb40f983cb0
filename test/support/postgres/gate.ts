import type { Alter } from "./altered-store.ts";

/** Whoever holds this lock of a database keeps the gate closed. */
export const GATE = "select pg_advisory_xact_lock(712042)";

/** A client whose units of work have done everything and then wait at the gate before they commit. */
export const waiting: Alter = (client) => ({
  ...client,
  transaction: async (statements, attempt) => {
    const answers = await client.transaction([...statements, { text: GATE, params: [] }], attempt);
    return answers.slice(0, -1);
  },
});
