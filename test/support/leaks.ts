import { expect } from "bun:test";
import { PASSWORD } from "./postgres/server.ts";
import { TOLD } from "./postgres/refusals.ts";

/** A title that is searched for in all that is said about what failed. */
export const PRIVATE_TITLE = "s3cr3t-title";

/** Words of statements that no function and no sentence for people has. */
const SQL_WORDS =
  /\b(?:select|insert|into|update "?\w+"? set|delete from|begin isolation|rollback|on conflict|returning|set_config|jsonb)\b|\$\d/i;

/** Fails the test where a text says what only the database and its user may know: statements, values, passwords, tokens. */
export function expectDiscreet(text: string, ...secrets: readonly string[]): void {
  expect(SQL_WORDS.exec(text)?.[0]).toBeUndefined();
  for (const secret of [PRIVATE_TITLE, TOLD, PASSWORD, ...secrets]) expect(text).not.toContain(secret);
}

/** All that an error holds and whatever it was caused by, hidden properties too. */
export function unfold(error: unknown, seen: readonly unknown[] = []): string {
  if (typeof error !== "object" || error === null) return String(error);
  if (seen.includes(error)) return "";
  const names = Object.getOwnPropertyNames(error);
  return names.map((name) => `${name}: ${unfold(Reflect.get(error, name), [...seen, error])}`).join("\n");
}
