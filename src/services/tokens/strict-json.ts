export type JsonObject = Readonly<Record<string, unknown>>;

/** Every string of a JSON text, with the colon after it if it names a member. */
const STRINGS = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * Parses bytes as a JSON object. null for bytes that are not UTF-8 (or begin with a BOM), for other JSON, and for an
 * object that names a member twice, at any depth. RFC 7515, 4 and RFC 7519, 4 let a reader refuse those. JSON.parse
 * takes the last one, so two readers of one token could see two users.
 */
export function readJsonObject(bytes: Uint8Array): JsonObject | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const { value, members } = parseAndCount(text);
    const written = text.matchAll(STRINGS).reduce((count, [, colon]) => count + (colon === undefined ? 0 : 1), 0);
    return isJsonObject(value) && members === written ? value : null;
  } catch {
    // A TypeError for UTF-8, a SyntaxError for JSON, a RangeError for arrays too deep for the engine.
    return null;
  }
}

/** The value, and the number of members in all its objects. Duplicates, however escaped, count once here. */
function parseAndCount(text: string) {
  let members = 0;
  const value: unknown = JSON.parse(text, (_, part: unknown) => {
    if (isJsonObject(part)) members += Object.keys(part).length;
    return part;
  });
  return { value, members };
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
