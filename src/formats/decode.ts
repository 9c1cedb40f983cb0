import { TodoError } from "../domain/errors.ts";

/** Two halves of a sign beyond U+FFFF, each written as if it were a sign. Taskwarrior 2.6 writes them (CESU-8, Unicode TR 26). */
const HALF_LEAD = 0xed;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** The encodings that can be named, as https://encoding.spec.whatwg.org has them. What Windows calls ANSI is windows-1252. */
const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15", "macintosh"] as const;

/**
 * The text of a file, without a byte order mark. UTF-16 needs one; all else is UTF-8, unless an encoding is named. Throws
 * `invalid_input` with the line of the first byte that is none, and `usage` for an encoding that is not known.
 */
export function decodeFile(name: string, bytes: Uint8Array, encoding?: string): string {
  if (encoding !== undefined) return decodeAs(encoding, bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs("utf-16le", bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs("utf-16be", bytes);
  return decodeStrictly(bytes) ?? decodeMended(name, bytes);
}

function decodeAs(name: string, bytes: Uint8Array): string {
  const encoding = ENCODINGS.find((each) => each === name.toLowerCase());
  if (encoding) return new TextDecoder(encoding).decode(bytes);
  throw new TodoError("usage", `the encoding ${JSON.stringify(name)} is not known`, {
    hints: [`Use one of ${ENCODINGS.join(", ")}.`],
  });
}

function decodeMended(name: string, bytes: Uint8Array): string {
  const mended = joinHalves(bytes);
  const text = decodeStrictly(mended) ?? decodeStrictly(joinFolds(mended));
  if (text !== null) return text;
  let line = 1;
  for (let at = 0; at < mended.length; line += 1) {
    const end = mended.indexOf(LINE_FEED, at);
    const next = end === -1 ? mended.length : end + 1;
    if (decodeStrictly(mended.subarray(at, next)) === null) break;
    at = next;
  }
  throw new TodoError("invalid_input", `${name}, line ${line}: this is not UTF-8 text`, {
    hints: ["If it was written on Windows: --encoding windows-1252"],
  });
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Joins lines that go on in the next one: iCalendar may break them within a sign (RFC 5545, section 3.1). */
function joinFolds(bytes: Uint8Array): Uint8Array {
  const isFold = (at: number) => bytes[at] === LINE_FEED && (bytes[at + 1] === SPACE || bytes[at + 1] === TAB);
  return bytes.filter((byte, at) => {
    if (isFold(at) || (byte === CARRIAGE_RETURN && isFold(at + 1))) return false;
    return at === 0 || !isFold(at - 1);
  });
}

/** Makes one sign of four bytes of two halves with three bytes each. */
function joinHalves(bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length;) {
    const high = readHalf(bytes, at, 0xd800);
    const low = high === null ? null : readHalf(bytes, at + 3, 0xdc00);
    if (high === null || low === null) {
      joined[length] = bytes[at] ?? 0;
      length += 1;
      at += 1;
      continue;
    }
    const sign = new TextEncoder().encode(String.fromCodePoint(0x1_00_00 + (high << 10) + low));
    joined.set(sign, length);
    length += sign.length;
    at += 6;
  }
  return joined.subarray(0, length);
}

/** The ten bits that one half has, of those that begin at a code, or null if there is none. */
function readHalf(bytes: Uint8Array, at: number, first: number): number | null {
  const [lead, middle = 0, last = 0] = bytes.subarray(at, at + 3);
  const code = ((middle & 0x3f) << 6) | (last & 0x3f) | 0xd000;
  const isHalf = lead === HALF_LEAD && code >= first && code < first + 0x400 && last >= 0x80;
  return isHalf ? code - first : null;
}
