import type { WrittenRecord } from "./foreign-record.ts";

// http://www.isthe.com/chongo/tech/comp/fnv/
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** The parts of a record as they were imported last, each by its name, hashed. */
export type Parts = Readonly<Record<string, string>>;

/** From where a task was imported. */
export type Source = { readonly format: string; readonly key: string; readonly parts: Parts };

export function writeSource({ format, key, parts }: Source): string {
  return JSON.stringify({ f: format, k: key, p: parts });
}

/** What another version wrote there may be anything, and is then as if there were nothing. */
export function readSource(text: string | null): Source | null {
  try {
    const { f: format, k: key, p: parts } = JSON.parse(text ?? "");
    return typeof format === "string" && typeof key === "string" && typeof parts === "object" && parts !== null
      ? { format, key, parts }
      : null;
  } catch {
    return null;
  }
}

/**
 * Each field of a record by itself, and of tags, links and notes each one, so that a newer file changes no others. When it was changed
 * says nothing by itself.
 */
export function listParts({ tags, depends_on: dependencies, notes, ...fields }: WrittenRecord): Parts {
  const sets = [
    ...(tags ?? []).map((tag) => `tag:${tag}`),
    ...(dependencies ?? []).map((id) => `dep:${id}`),
    ...(notes ?? []).map(({ id }) => `note:${id}`),
  ];
  return Object.fromEntries([
    ...Object.entries(fields)
      .filter(([name]) => name !== "updated_at")
      .map(([name, value]) => [name, hashPart(value)]),
    ...sets.map((name) => [name, ""]),
  ]);
}

/** The names of the parts in which two imports differ. */
export function listDifferent(before: Parts, now: Parts): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => before[name] !== now[name]);
}

/**
 * A short fingerprint of a value: 64 bits of FNV-1a, as two of 32. It tells a change, and keeps no secret. SHA-256 took as long as all the
 * rest of reading a file.
 */
export function hashPart(value: unknown): string {
  const text = JSON.stringify(value);
  let [one, other] = [OFFSET, OFFSET ^ text.length];
  for (let at = 0; at < text.length; at += 1) {
    one = Math.imul(one ^ text.charCodeAt(at), PRIME);
    other = Math.imul(other ^ text.charCodeAt(text.length - 1 - at), PRIME);
  }
  return (one >>> 0).toString(36) + (other >>> 0).toString(36);
}
