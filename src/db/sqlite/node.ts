import type { RawDatabase } from "./raw.ts";

/** The place of a copy that was never written: nowhere, so that its first write finds another one. */
const NOWHERE = "";

/** What a database notes of itself: its node, and in which file it is. One of an older version has no place. */
export type Notes = { readonly node: string; readonly place: string | null };

export function makeNode(): string {
  return crypto.randomUUID().slice(0, 8);
}

export function readNotes(raw: RawDatabase): Notes {
  const row = raw
    .query<Notes>(
      "select value as node, (select value from replica where key = 'place') as place from replica where key = 'node'",
    )
    .get();
  return row ?? { node: "", place: null };
}

/** Gives a database a node, in the place of the one that it has. */
export function renewNode(raw: RawDatabase): string {
  const node = makeNode();
  write(raw, "node", node);
  return node;
}

export function writePlace(raw: RawDatabase, place: string): void {
  write(raw, "place", place);
}

/** Makes a copy known as one. */
export function noteCopy(raw: RawDatabase): void {
  writePlace(raw, NOWHERE);
}

function write(raw: RawDatabase, key: string, value: string): void {
  raw.run("insert into replica (key, value) values (?, ?) on conflict (key) do update set value = excluded.value", [
    key,
    value,
  ]);
}
