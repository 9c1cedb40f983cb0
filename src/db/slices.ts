import type { SQL } from "drizzle-orm";
import type { Engine } from "./engine.ts";

/** A few rows of a user as one row: the key of the last of them, or null if there are no more. */
export type Slice = { readonly last: string | null };

/**
 * Reads many rows of a user a few at a time, in the order of their keys. All at once they would keep a server on SQLite
 * from answering anybody meanwhile.
 */
export async function* readSlices<Row extends Slice>(
  engine: Engine,
  user: string,
  selectAfter: (after: string) => SQL<Row>,
): AsyncGenerator<Row & { readonly after: string; readonly last: string }> {
  let after = "";
  for (;;) {
    const [row] = await engine.read(user, selectAfter(after));
    const last = row?.last;
    if (!row || last == null) return;
    yield { ...row, after, last };
    after = last;
    await new Promise((resolve) => void setImmediate(resolve));
  }
}
