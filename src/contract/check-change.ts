import { PROFILE } from "../domain/profile.ts";
import { clockTime, CLOCK_LENGTH, isClock } from "../domain/task/clock.ts";
import { TodoError, tryRead } from "../domain/errors.ts";
import { NOTE_PREFIX, type Registers, type Scalar, TIME_PREFIX, WALL_CLOCK } from "../domain/task/registers.ts";
import type { RemoteTask } from "../ports/store.ts";
import { FIELD_LIST, FIELDS, isKnownField } from "../domain/task/fields.ts";
import { SETS } from "../domain/task/sets.ts";
import { MAX_TASK_FIELDS } from "../domain/task/size.ts";
import { checkNote, checkTaskId, LIMITS } from "../domain/task/task.ts";
import { cleanText, shorten } from "../domain/task/text.ts";

const MAX_KEY_CHARACTERS = 128;
/** Code points of a value as JSON. The longest known field is shorter, even if all of it is escaped. */
const MAX_VALUE_CHARACTERS = 65_536;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Why a change is not merged: the field that is wrong, or an empty text for the whole change. */
export type Rejection = {
  readonly id: string;
  /** A change for which there is no room may be sent again later. */
  readonly code: "invalid_input" | "quota_exceeded";
  readonly field: string;
  readonly message: string;
};

/**
 * The rules of the fields that this version knows, as over HTTP. Unknown fields are kept for the versions that know
 * them.
 */
const RULES = new Map<string, (value: Scalar) => Scalar>([
  ...FIELD_LIST.map(({ key, check }) => [key, check] as const),
  // Earlier servers took anything in these, and a later version may know more of them. What is not understood reads as absent.
  [FIELDS.estimateMinutes.key, checkNumber],
  [FIELDS.rank.key, (value) => cleanText("it", requireText(value), LIMITS.rank)],
  ["created_at", checkMoment],
  ["completed_at", checkMoment],
  ["started_at", checkMoment],
  ["deleted_at", checkMoment],
  ["cancelled", checkTrue],
  ["skipped", checkTrue],
  ["series", checkId],
  ["occurrence", checkOccurrence],
  ["done_for", checkOccurrence],
]);

type PrefixRule = { readonly prefix: string; readonly check: (name: string, value: Scalar) => string | null };

/** The rules of fields that a task has any number of, by how their names begin. */
const PREFIX_RULES: readonly PrefixRule[] = [
  { prefix: SETS.tags.prefix, check: checkMember("it is not a tag", SETS.tags.check) },
  { prefix: SETS.dependsOn.prefix, check: checkMember("it is not the id of a task", SETS.dependsOn.check) },
  { prefix: SETS.reminders.prefix, check: checkMember("it is not a reminder", SETS.reminders.check) },
  { prefix: NOTE_PREFIX, check: checkNoteField },
  { prefix: TIME_PREFIX, check: checkTimeField },
];

/** The issue of a change, or null. Nothing is corrected: a replica must hold exactly what it has sent. */
export function findIssue({ id, registers }: RemoteTask): Rejection | null {
  const reject = (field: string, message: string): Rejection => ({ id, code: "invalid_input", field, message });
  if (!UUID.test(id)) return reject("", "the id is not a UUID in lower case");
  const entries = Object.entries(registers);
  if (entries.length === 0) return reject("", "it has no fields");
  if (entries.filter(([field]) => !isKnownField(field)).length > MAX_TASK_FIELDS) {
    return reject("", `it has more than ${MAX_TASK_FIELDS} fields`);
  }
  for (const [field, register] of entries) {
    const message = findFieldIssue(field, register);
    if (message !== null) return reject(shorten(field, MAX_KEY_CHARACTERS), message);
  }
  return null;
}

/** The issue of an entry of a profile, or null. What only a later version knows is kept. */
export function findEntryIssue(name: string, register: string): Rejection | null {
  const message = findIssueOf(() => checkEntry(name, readRegister(name, register)));
  return message === null
    ? null
    : { id: PROFILE, code: "invalid_input", field: shorten(name, MAX_KEY_CHARACTERS), message };
}

function checkEntry(name: string, value: Scalar): string | null {
  if (value === null || !/^(?:filter|context):/.test(name)) return null;
  return typeof value === "string" ? null : "it is not a text";
}

/** Whether a change can be stored at all. A server may have newer rules than these, and its answer has passed them. */
export function isStorable({ id, registers }: RemoteTask): boolean {
  return UUID.test(id) && Object.entries(registers).every(([field, register]) => isStorableField(field, register));
}

function isStorableField(field: string, register: string): boolean {
  return tryRead(() => readRegister(field, register)) !== undefined;
}

/** The time of the latest clock, in Unix milliseconds. */
export function latestTime(registers: Registers): number {
  return Math.max(...Object.values(registers).map(clockTime));
}

function findFieldIssue(field: string, register: string): string | null {
  return findIssueOf(() => checkField(field, readRegister(field, register)));
}

function findIssueOf(check: () => string | null): string | null {
  try {
    return check();
  } catch (error) {
    if (error instanceof TodoError) return error.message;
    throw error;
  }
}

/** The value of a field. Throws `invalid_input` if the text is no register, whatever the field. */
function readRegister(field: string, register: string): Scalar {
  cleanText("the name of the field", field, MAX_KEY_CHARACTERS);
  if (!isClock(register.slice(0, CLOCK_LENGTH))) throw new TodoError("invalid_input", "it has no clock");
  const value = readScalar(register.slice(CLOCK_LENGTH));
  if (typeof value === "string") cleanText("it", value, MAX_VALUE_CHARACTERS);
  return value;
}

/**
 * The stored text must be what JSON writes of the value. Two spellings of one value would be two values to the merge.
 */
function readScalar(json: string): Scalar {
  const value = parse(json);
  const isScalar = value === null || ["string", "number", "boolean"].includes(typeof value);
  if (!isScalar || JSON.stringify(value) !== json) throw new TodoError("invalid_input", "it is not a JSON scalar");
  return value;
}

function parse(json: string): Scalar {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new TodoError("invalid_input", "it is not JSON", { cause });
  }
}

function checkField(field: string, value: Scalar): string | null {
  const rules = PREFIX_RULES.find(({ prefix }) => field.startsWith(prefix));
  if (rules) return rules.check(field.slice(rules.prefix.length), value);
  if (field === WALL_CLOCK) return typeof value === "number" ? null : "it is not a number";
  const rule = RULES.get(field);
  if (!rule || (value === null && field !== FIELDS.title.key)) return null;
  return rule(value) === value ? null : "it is not written as it is stored";
}

/** The rule of a value that is in a set or not. */
function checkMember(message: string, check: (values: readonly string[]) => readonly string[]): PrefixRule["check"] {
  return (name, value) => (typeof value === "boolean" && check([name])[0] === name ? null : message);
}

function checkNoteField(id: string, value: Scalar): string | null {
  if (!UUID.test(id)) return "it is not the id of a note";
  if (value === null) return null;
  return typeof value === "string" && checkNote(value) === value ? null : "it is not a note";
}

function checkTimeField(name: string, value: Scalar): string | null {
  const isName = /^\d{4}-\d{2}:[0-9a-f]{8}$/.test(name);
  // An undo takes the first time of a month back to nothing.
  const isTime = value === null || (typeof value === "number" && Number.isSafeInteger(value) && value >= 0);
  return isName && isTime ? null : "it is not a number of seconds in a month";
}

function checkMoment(value: Scalar): string {
  const text = requireText(value);
  if (MOMENT.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new TodoError("invalid_input", "it is not a moment in UTC with milliseconds");
}

/** Only the shape: the calendar of a later version may have others. */
function checkOccurrence(value: Scalar): string {
  const text = requireText(value);
  if (/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/.test(text)) return text;
  throw new TodoError("invalid_input", "it is not a local day or date and time");
}

function checkId(value: Scalar): string {
  return checkTaskId(requireText(value));
}

function checkTrue(value: Scalar): boolean {
  if (typeof value === "boolean") return value;
  throw new TodoError("invalid_input", "it is not true or false");
}

function checkNumber(value: Scalar): number {
  if (typeof value === "number") return value;
  throw new TodoError("invalid_input", "it is not a number");
}

function requireText(value: Scalar): string {
  if (typeof value === "string") return value;
  throw new TodoError("invalid_input", "it is not a text");
}
