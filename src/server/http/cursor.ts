import { z } from "zod";
import { TodoError } from "../../domain/errors.ts";
import type { Position, Sort } from "../../domain/query/query.ts";
import { decodeUtf8 } from "../../domain/task/text.ts";

/** Values that a database can compare: a text without NUL and lone surrogates, or a whole number. */
const text = z.string().refine((key) => key.isWellFormed() && !key.includes("\0"));
const whole = z.int().nonnegative();
const KEYS = {
  due_date: text,
  created: text,
  title: text,
  priority: whole,
  rank: text,
  updated: whole,
  completed: text,
} as const satisfies Record<Sort, z.ZodType<string | number>>;

/** The content of a cursor: the order of the pages, and the start of the next one. */
const content = z.strictObject({ order: z.string(), key: z.union([z.string(), z.number()]), id: z.guid() });

/** The order of pages, and the filter of which they are. What a filter means depends on the zone. */
export type Order = {
  readonly sort: Sort;
  readonly order: "asc" | "desc";
  readonly filter?: string | undefined;
  readonly tz?: string;
};

/** A position as an opaque text that fits into an address. */
export function encodeCursor(order: Order, { key, id }: Position): string {
  return Buffer.from(JSON.stringify({ order: nameOrder(order), key, id })).toString("base64url");
}

/** The position in a cursor. Throws `invalid_input` for a cursor of another order or filter, and for any other text. */
export function decodeCursor(order: Order, cursor: string): Position {
  const parsed = content.safeParse(parse(cursor));
  if (!parsed.success || parsed.data.order !== nameOrder(order)) throw notOne();
  const { key, id } = parsed.data;
  if (!KEYS[order.sort].safeParse(key).success) throw notOne();
  return { key, id };
}

function nameOrder({ sort, order, filter, tz }: Order): string {
  const name = `${sort} ${order}`;
  return filter === undefined ? name : `${name} ${Bun.hash(`${tz} ${filter}`).toString(36)}`;
}

function parse(cursor: string): unknown {
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.toString("base64url") !== cursor) throw notOne();
  try {
    return JSON.parse(decodeUtf8("the cursor", bytes));
  } catch {
    throw notOne();
  }
}

function notOne(): TodoError {
  return new TodoError("invalid_input", "the cursor is not one of this list", {
    issues: [
      {
        path: "cursor",
        message: "take it from the Link header of the page before, with the same sort, order and filter",
      },
    ],
  });
}
