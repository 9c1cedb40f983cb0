import { realpathSync, statSync } from "node:fs";
import type { LocalClock, LocalOffset, System } from "../../ports/system.ts";
import type { Io } from "./io.ts";

/** The user's time zone. One command has one today, even over midnight. */
export type LocalZone = Pick<System, "today" | "timeZone"> & {
  /** What is wrong with the user's zone, if somebody has asked for it. */
  readonly problem: () => string | undefined;
};

type Zone = { readonly id: string; readonly problem?: string };

/** Enough to see that two zones differ: both kinds of time, on both halves of the earth. */
const FEW_SAMPLES = 4;
/** One a week tells zones apart that change their clocks on different days. */
const MANY_SAMPLES = 52;
const DAY_S = 86_400;

const FOLDERS = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo"];

/** The rule of POSIX, such as `JST-9`, which needs no file. */
const POSIX_RULE = /^(?:[a-z]{3,}|<[a-z\d+-]{3,}>)[+-]?\d/i;
const UTC_NAMES: ReadonlySet<string> = new Set(["UTC", "Etc/UTC", "GMT"]);
const ADVICE = "Use a name such as Europe/Berlin.";

/**
 * The zone that the C library uses, which knows the day at once. JavaScript reads TZ by itself and takes what it does not
 * understand for UTC. If their offsets differ, a zone of JavaScript's with those of the C library takes its place.
 */
export function createLocalZone(env: Io["env"], readLocalClock: (samples: number) => LocalClock): LocalZone {
  const name = env["TZ"]?.replace(/^:/, "") ?? "";
  const clock = once(() => readLocalClock(FEW_SAMPLES));
  const isForeign = once(() => name !== "" && (!isKnownToLibrary(name, env["TZDIR"]) || hasDayOfOffset(clock())));
  let zone: Zone | undefined;
  const findZone = (): Zone => {
    if (isForeign()) return findForeign(name);
    const id = Temporal.Now.timeZoneId();
    if (id === name) return { id };
    return hasOffsets(id, clock().offsets) ? { id } : findByOffsets(name, readLocalClock(MANY_SAMPLES).offsets);
  };
  const timeZone = () => (zone ??= findZone()).id;
  return {
    today: once(() => (isForeign() ? Temporal.Now.plainDateISO(timeZone()).toString() : clock().day)),
    timeZone,
    problem: () => zone?.problem,
  };
}

function once<Result>(work: () => Result): () => Result {
  let done: { readonly result: Result } | undefined;
  return () => (done ??= { result: work() }).result;
}

/** The C library takes a name that it has no file for as UTC, so on a machine without time zone data every name. */
function isKnownToLibrary(name: string, folder: string | undefined): boolean {
  if (UTC_NAMES.has(name) || POSIX_RULE.test(name)) return true;
  if (name.startsWith("/")) return isFile(name);
  return (folder ? [folder] : FOLDERS).some((each) => isFile(`${each}/${name}`));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A rule of POSIX may be a whole day from UTC (`AAA24`), which JavaScript has no zone for. */
function hasDayOfOffset({ offsets }: LocalClock): boolean {
  return offsets.some(({ offset }) => Math.abs(offset) >= DAY_S);
}

/** JavaScript has data of its own. */
function findForeign(name: string): Zone {
  if (isZone(name)) return { id: name };
  return { id: "UTC", problem: `TZ=${name} is not a time zone that this machine knows, so UTC is used. ${ADVICE}` };
}

function findByOffsets(name: string, offsets: readonly LocalOffset[]): Zone {
  const fixed = formatOffset(offsets[0]?.offset ?? 0);
  const candidates = [nameOfFile(name || "/etc/localtime"), fixed].filter(isZone);
  const id = [...candidates, ...Intl.supportedValuesOf("timeZone")].find((each) => hasOffsets(each, offsets));
  if (id !== undefined) return { id };
  const subject = name === "" ? "The time zone of this machine" : `TZ=${name}`;
  return { id: fixed, problem: `${subject} has rules that no named zone has, so ${fixed} is used. ${ADVICE}` };
}

/** The name of the zone that a file of the system's data is for, or of the file that a link leads to. */
function nameOfFile(path: string): string {
  return path.startsWith("/") && isFile(path) ? realpathSync(path).replace(/^.*\/zoneinfo\//, "") : "";
}

function isZone(id: string): boolean {
  try {
    return Boolean(Temporal.Now.zonedDateTimeISO(id));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function hasOffsets(id: string, offsets: readonly LocalOffset[]): boolean {
  return offsets.every(
    ({ at, offset }) =>
      Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(id).offsetNanoseconds === offset * 1e9,
  );
}

/** `+05:30`, a zone without changes. */
function formatOffset(seconds: number): string {
  const minutes = Math.trunc(Math.abs(seconds) / 60);
  const pad = (part: number) => String(Math.trunc(part)).padStart(2, "0");
  return `${seconds < 0 ? "-" : "+"}${pad(minutes / 60)}:${pad(minutes % 60)}`;
}
