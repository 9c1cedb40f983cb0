import type { DatabaseStatus } from "../../ports/database.ts";
import { TodoError } from "../../domain/errors.ts";

/**
 * Throws `newer_store` or `unavailable` unless the database has the schema that this program knows. `lacking` is another
 * code for one that lacks migrations, for whoever does not wait for them.
 */
export function requireSchema(
  { pending, unknown }: DatabaseStatus,
  lacking: "unavailable" | "unreadable_store" = "unavailable",
): void {
  if (unknown.length > 0) {
    throw new TodoError("newer_store", `a newer version of todo made the database (${unknown.join(", ")})`, {
      hints: ["Install the newest version of todo."],
    });
  }
  if (pending.length > 0) {
    throw new TodoError(lacking, `the database lacks migrations (${pending.join(", ")})`, {
      hints: ["Bring it up to date, as its owner: todo db migrate"],
    });
  }
}

/**
 * The advice for a schema in which every role may create things, or null. It is only given, because other programs may
 * need it so.
 */
export function adviseOnSchema({ openSchema }: DatabaseStatus): string | null {
  if (openSchema === null) return null;
  return `Every role may create things in the schema ${openSchema}. If no other program needs that, as its owner: revoke create on schema ${openSchema} from public`;
}

/** Throws `unreadable_store` if row-level security leaves out a table with users' rows. */
export function requireProtection({ unprotected }: DatabaseStatus): void {
  if (unprotected.length === 0) return;
  throw new TodoError("unreadable_store", `row-level security does not protect ${unprotected.join(", ")}`, {
    hints: [
      "As the owner of the database, for each: alter table NAME enable row level security, force row level security",
      "and make its policy anew where that is gone.",
    ],
  });
}
