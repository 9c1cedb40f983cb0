import { afterEach } from "bun:test";
import type { Client } from "../../../src/db/postgres/client.ts";
import type { Written } from "../../../src/db/statement.ts";
import type { Store } from "../../../src/ports/store.ts";
import { type Alter, type ByHand, openByHand } from "./altered-store.ts";

/** Opens stores as the program does, through clients that something else was made of. They are closed after each test. */
export function useStoresByHand(connections?: number): (url: string, alter?: Alter) => ByHand {
  const opened: Store[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  return (url, alter = (client) => client) => {
    const made = openByHand({ url, requireRowSecurity: false, ...(connections && { connections }) }, alter);
    opened.push(made.store);
    return made;
  };
}

type Rewrite = (statement: Written) => Written;

/** A client that sends other statements than it is given, in reads, in writes or in both. */
export function rewriting(
  client: Client,
  { read, write }: { readonly read?: Rewrite; readonly write?: Rewrite },
): Client {
  const keep: Rewrite = (statement) => statement;
  return {
    ...client,
    query: (statement, timeoutMs) => client.query((read ?? keep)(statement), timeoutMs),
    transaction: (statements, attempt) => client.transaction(statements.map(write ?? keep), attempt),
  };
}
