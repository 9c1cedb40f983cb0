/** A word that says something of a task: `+Project`, `@context` or `key:value`. An address says nothing. */
const META = /^(?:[+@]\S+|[a-z]+:(?!\/\/)\S+)$/i;

/** The keys that are understood. Any other stays text. */
const KEYS = new Set(["due", "t", "rec", "pri", "id", "p", "uuid", "h"]);

/** The words behind the dates of a line. */
export type Words = {
  /** Without the metadata at its end. What stands within it belongs to a sentence. */
  readonly title: string;
  readonly projects: readonly string[];
  readonly contexts: readonly string[];
  readonly values: ReadonlyMap<string, string>;
};

/** Takes the words of a line apart. `isRead` says of a key and its value whether it is understood: if not, it stays in the title. */
export function splitWords(text: string, isRead: (key: string, value: string) => boolean): Words {
  const words = text.trim().split(/\s+/);
  const isMeta = (word: string) => {
    const [, key, value] = splitValue(word) ?? [];
    return META.test(word) && (key === undefined || value === undefined || (KEYS.has(key) && isRead(key, value)));
  };
  const metas = words.filter(isMeta);
  const end = words.findLastIndex((word) => !isMeta(word)) + 1;
  return {
    // A line of nothing but metadata is its own title.
    title: end === 0 ? text.trim() : words.slice(0, end).join(" "),
    projects: metas.flatMap((word) => (word.startsWith("+") ? word.slice(1) : [])),
    contexts: metas.flatMap((word) => (word.startsWith("@") ? word.slice(1) : [])),
    values: new Map(metas.flatMap((word) => (splitValue(word) ? [readPair(word)] : []))),
  };
}

/** `due:2026-05-04` in its parts. null for a word that has none. */
function splitValue(word: string): RegExpExecArray | null {
  return /^([a-z]+):(\S+)$/i.exec(word);
}

function readPair(word: string): readonly [string, string] {
  const [key = "", ...value] = word.split(":");
  return [key.toLowerCase(), value.join(":")];
}
