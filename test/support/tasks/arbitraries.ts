import fc from "fast-check";
import type { System } from "../../../src/ports/system.ts";
import { checkTag, checkTitle, type Draft, PRIORITIES } from "../../../src/domain/task/task.ts";
import { OPENING } from "../stores/test-user.ts";

/** A Friday, 10:00 in Berlin, where nobody asks for ids. */
export const SYSTEM: System = {
  now: () => OPENING,
  today: () => "2026-11-20",
  timeZone: () => "Europe/Berlin",
  newId: () => {
    throw new Error("no id was expected");
  },
};

/** Pieces of text that something on the way could take for something else. */
const NASTY = [
  ["", " ", "  ", "\n", "\r\n", "\r", "\t", "\u000b", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "\u2028", "\ufeff"],
  ["#", "# comment", "description:", "title:", "due: x", "tags:", '"', '"quoted"', "\\", "\\n", "\\u0041", "null"],
  ["e\u0301", "日本語", "👩‍👩‍👧", "🇩🇪", "\u202e", "\u200b", "+home", "due:friday", "project:none", "--", "-", "none"],
].flat();

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
);

/** Any text that can be stored, of at most `max` code points. */
export function storable(max: number): fc.Arbitrary<string> {
  return fc
    .array(piece, { maxLength: 6 })
    .map((pieces) => pieces.join("").toWellFormed().replaceAll("\0", "").normalize("NFC"))
    .filter((text) => text.length <= max);
}

export const anyTitle = storable(400).filter((text) => passes(() => checkTitle(text)));

export const anyTag = fc
  .oneof(
    fc.constantFrom("home", "c++", "日本", "👩‍👩‍👧", "a:b", "#1", "it's", "-", "__proto__"),
    fc.string({ unit: "grapheme", maxLength: 6 }),
  )
  .map((text) => text.normalize("NFC"))
  .filter((text) => passes(() => checkTag(text)));

const anyDay = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9999-12-30T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString());

/** A day or a moment, as it is stored. */
export const anyDueDate = fc.oneof(
  anyDay.map((text) => text.slice(0, 10)),
  anyDay.map((text) => `${text.slice(0, 19)}Z`),
);

const anyId = fc.uuid({ version: 7 });

/** Whatever a task can be made of. */
export const anyDraft: fc.Arbitrary<Draft> = fc.record(
  {
    title: anyTitle,
    description: fc.option(storable(1000)),
    dueDate: fc.option(anyDueDate),
    priority: fc.option(fc.constantFrom(...PRIORITIES)),
    project: fc.option(anyTitle.filter((text) => text.length <= 100 && text !== "none")),
    tags: fc.uniqueArray(anyTag, { maxLength: 4 }),
    scheduledDate: fc.option(anyDueDate),
    waitUntil: fc.option(anyDueDate),
    estimateMinutes: fc.option(fc.integer({ min: 1, max: 525_600 })),
    parent: fc.option(anyId),
    rank: fc.option(fc.stringMatching(/^[0-9A-Za-z]{1,8}$/)),
    recurrence: fc.option(fc.constantFrom("due 2026-11-23 FREQ=WEEKLY;BYDAY=MO", "later 1 X=Y")),
    dependsOn: fc.uniqueArray(anyId, { maxLength: 3 }),
    reminders: fc.uniqueArray(fc.constantFrom("-PT30M", "-P1D", "2026-11-21T15:00:00Z"), { maxLength: 3 }),
  },
  { requiredKeys: ["title"] },
);

function passes(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
