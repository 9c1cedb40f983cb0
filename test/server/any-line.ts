import fc from "fast-check";
import { SORTS } from "../../src/domain/query/query.ts";
import { idOf } from "../support/server/api.ts";
import { type Line, NOTE } from "./scripted-session.ts";

/** What languages, databases and JavaScript sort or fold in their own ways, Danish aa before all. */
export const TITLES = [
  ["aa", "AA", "Aa", "a", "A", "å", "Å", "z", "Z", "ø", "Ø", "æ", "Æ", "ä", "Ä", "b", "B"],
  ["🦊", "🏠", "\uff21", "\uff41", "\ue000", "\ufffd", "𐐀", "𐐨", "Ꭰ", "ꭰ", "ǅ", "Ǆ", "ǆ"],
  ["ß", "ẞ", "SS", "ss", "Straße", "STRASSE", "İ", "I", "i", "ı", "İSTANBUL", "i\u0307", "ﬁ", "fi"],
  ["ΟΔΟΣ", "οδος", "οδοσ", "ΟΔΟΣ ΑΒΓ", "ΟΔΟΣ.", "Σ", "ς", "σ", "ΑΣ", "Α\u0301Σ", "Σ\u0301", "ᾼ", "ᾳ"],
  ["10", "9", "09", "-", "_", "~", "%", "'", '"', "\\", "\u0001", "\u007f", "\u2028", "a b", "a-b", "ab", "\u00adab"],
].flat();

/** Letters whose capitals came after Unicode 10, which is what the oldest ICU in use folds. */
const YOUNG =
  /[\u019b\u0264\u0282\u10d0-\u10ff\u1c80-\u1cbf\u1d8e\u2c2f\u2c5f\ua794\ua7b8-\ua7ff\u{10570}-\u{105bf}\u{10d40}-\u{10d8f}\u{16e40}-\u{16edf}]/gu;

/** A text as it is stored. */
export const anyStored = fc
  .oneof(fc.constantFrom("grapheme", "binary"), fc.constant(fc.constantFrom(...TITLES)))
  .chain((unit) => fc.string({ unit, minLength: 1, maxLength: 6 }))
  .map((text) => text.toWellFormed().replaceAll("\0", "").replaceAll(YOUNG, "").normalize("NFC"));

const anyId = fc.constantFrom(...["kqvzbdfghjkl", "kqvxbdfghjkl", "zzzxbdfghjkl"].map(idOf));

const anyFields = fc.record(
  {
    title: fc.oneof(anyStored, fc.constantFrom("x", "y")),
    description: fc.option(anyStored),
    due_date: fc.constantFrom(null, "2026-12-01", "2026-12-01T10:00:00Z", "2026-12-02"),
    priority: fc.constantFrom(null, "high", "low"),
    project: fc.option(fc.constantFrom("aa", "å")),
    tags: fc.subarray(["a", "å", "aa", "A", "__proto__"]),
  },
  { requiredKeys: [] },
);

const anyQuery = fc
  .record(
    {
      status: fc.constantFrom("all", "pending", "completed"),
      sort: fc.constantFrom(...SORTS),
      order: fc.constantFrom("asc", "desc"),
      q: fc.constantFrom("x", "y", "a"),
      tag: fc.constantFrom("a", "å", "aa"),
      due_before: fc.constantFrom("2026-12-01", "2026-12-02", "2026-12-01T10:00:01Z"),
      due_after: fc.constantFrom("2026-11-30", "2026-12-01", "2026-12-01T09:00:00Z"),
      limit: fc.constantFrom("1", "2"),
    },
    { requiredKeys: [] },
  )
  .map((query) => new URLSearchParams(query).toString());

const ifSame = fc.constantFrom({}, { headers: { "if-match": "{etag}" } }, { headers: { "if-match": '"old"' } });

/** A request that often finds something to do. */
export const anyLine: fc.Arbitrary<Line> = fc.oneof(
  fc.tuple(anyId, anyFields).map(([id, json]): Line => ["POST", "/api/tasks", { json: { id, title: "x", ...json } }]),
  fc
    .tuple(anyId, anyFields, fc.constantFrom({}, { completed: true }, { completed: false }), ifSame)
    .map(([id, json, done, when]): Line => ["PATCH", `/api/tasks/${id}`, { json: { ...json, ...done }, ...when }]),
  fc.tuple(anyId, ifSame).map(([id, when]): Line => ["PATCH", `/api/tasks/${id}/complete`, when]),
  fc.tuple(anyId, ifSame).map(([id, when]): Line => ["DELETE", `/api/tasks/${id}`, when]),
  anyId.map((id): Line => ["POST", `/api/tasks/${id}/notes`, { json: { id: NOTE, text: "x" } }]),
  anyId.map((id): Line => ["DELETE", `/api/tasks/${id}/notes/${NOTE}`]),
  anyId.map((id): Line => ["POST", `/api/tasks/${id}/restore`]),
  fc.constantFrom("kqv", "kqvz", "zzz").map((ref): Line => ["GET", `/api/tasks/${ref}`]),
  anyQuery.map((query): Line => ["GET", `/api/tasks?${query}`]),
);
