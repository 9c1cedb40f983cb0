import { describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createLocalZone } from "../../../src/cli/platform/local-zone.ts";
import type { LocalClock } from "../../../src/ports/system.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const scratch = useScratch();

const START_S = Date.UTC(2026, 10, 20) / 1000;
const DAY = "2026-11-20";

/** A C library whose offset at a moment (seconds) is this. */
function libraryWith(offsetAt: (at: number) => number) {
  return (samples: number): LocalClock => {
    const moments = Array.from(
      { length: samples },
      (_, number) => START_S + Math.floor((number * 365 * 86_400) / samples),
    );
    return { day: DAY, offsets: moments.map((at) => ({ at, offset: offsetAt(at) })) };
  };
}

function offsetIn(zone: string) {
  return (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;
}

/** A folder of time zone data in which only these names are. The C library is not there, so what is in them is not read. */
function makeZoneFolder(...names: readonly string[]): string {
  const folder = scratch(crypto.randomUUID(), "zoneinfo");
  for (const name of names) {
    mkdirSync(`${folder}/${name.replace(/[^/]*$/, "")}`, { recursive: true });
    writeFileSync(`${folder}/${name}`, "");
  }
  return folder;
}

const unused = (): never => {
  throw new Error("the C library is asked");
};

describe("the user's time zone", () => {
  test("is what JavaScript takes for it if the C library has the same offsets", () => {
    const own = Temporal.Now.timeZoneId();
    const zone = createLocalZone({}, libraryWith(offsetIn(own)));
    expect([zone.timeZone(), zone.today(), zone.problem()]).toEqual([own, DAY, undefined]);
  });

  test.each([
    ["JST-9", 32_400, "+09:00"],
    ["<-0330>3:30", -12_600, "-03:30"],
    ["EST5", -18_000, "-05:00"],
  ])("is the fixed offset of TZ=%s", (name, offset, id) => {
    const zone = createLocalZone(
      { TZ: name },
      libraryWith(() => offset),
    );
    expect([zone.timeZone(), zone.today(), zone.problem()]).toEqual([id, DAY, undefined]);
  });

  test.each([
    ["CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"],
    ["EST5EDT,M3.2.0,M11.1.0", "America/New_York"],
    ["AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Sydney"],
  ])("is a named one that changes its clocks as TZ=%s does", (name, same) => {
    const zone = createLocalZone({ TZ: name }, libraryWith(offsetIn(same)));
    const found = offsetIn(zone.timeZone());
    for (let day = 0; day < 365; day += 1) {
      const at = START_S + day * 86_400;
      expect(found(at)).toBe(offsetIn(same)(at));
    }
    expect(zone.problem()).toBeUndefined();
  });

  test("is the one that a file of the system's data is for, or a link to it", () => {
    const folder = makeZoneFolder("Asia/Tokyo");
    const link = scratch("localtime");
    symlinkSync(`${folder}/Asia/Tokyo`, link);
    for (const name of [`${folder}/Asia/Tokyo`, `:${link}`]) {
      expect(
        createLocalZone(
          { TZ: name },
          libraryWith(() => 32_400),
        ).timeZone(),
      ).toBe("Asia/Tokyo");
    }
  });

  test("is the offset of now, which is said, if no named zone has its rules", () => {
    const zone = createLocalZone(
      { TZ: "MEZ-1MESZ" },
      libraryWith((at) => offsetIn("America/New_York")(at) + 21_600),
    );
    expect(zone.problem()).toBeUndefined();
    expect([zone.timeZone(), zone.today()]).toEqual(["+01:00", DAY]);
    expect(zone.problem()).toBe(
      "TZ=MEZ-1MESZ has rules that no named zone has, so +01:00 is used. Use a name such as Europe/Berlin.",
    );
  });

  test.each(["America/Los_Angeles", ":America/Los_Angeles"])(
    "is known to JavaScript alone on a machine without time zone data: TZ=%s",
    (name) => {
      const zone = createLocalZone({ TZ: name, TZDIR: makeZoneFolder() }, unused);
      const today = () => Temporal.Now.plainDateISO("America/Los_Angeles").toString();
      const before = today();
      expect([before, today()]).toContain(zone.today());
      expect([zone.timeZone(), zone.problem()]).toEqual(["America/Los_Angeles", undefined]);
    },
  );

  test.each(["Nowhere/Bad", "Asia", "CEST", "/nowhere"])("is UTC, which is said, if nobody knows TZ=%s", (name) => {
    const zone = createLocalZone({ TZ: name, TZDIR: makeZoneFolder("Asia/Tokyo") }, unused);
    expect(zone.problem()).toBeUndefined();
    const today = () => Temporal.Now.plainDateISO("UTC").toString();
    const before = today();
    expect([before, today()]).toContain(zone.today());
    expect(zone.timeZone()).toBe("UTC");
    expect(zone.problem()).toStartWith(`TZ=${name} is not a time zone that this machine knows, so UTC is used.`);
  });

  test.each([
    ["AAA24", -86_400],
    ["AAA-24", 86_400],
  ])("is UTC, which is said, if it is a whole day away: TZ=%s", (name, offset) => {
    const zone = createLocalZone(
      { TZ: name },
      libraryWith(() => offset),
    );
    const today = () => Temporal.Now.plainDateISO("UTC").toString();
    const before = today();
    expect([before, today()]).toContain(zone.today());
    expect(zone.timeZone()).toBe("UTC");
    expect(zone.problem()).toStartWith(`TZ=${name} is not a time zone that this machine knows, so UTC is used.`);
  });

  test("is called that of the machine if TZ does not name it", () => {
    const zone = createLocalZone(
      {},
      libraryWith((at) => offsetIn("America/New_York")(at) + 21_600),
    );
    zone.timeZone();
    expect(zone.problem()).toStartWith(
      "The time zone of this machine has rules that no named zone has, so +01:00 is used.",
    );
  });

  test.each(["UTC", "Etc/UTC", "GMT"])("needs no data for TZ=%s", (name) => {
    const zone = createLocalZone(
      { TZ: name, TZDIR: makeZoneFolder() },
      libraryWith(() => 0),
    );
    expect([zone.today(), zone.problem()]).toEqual([DAY, undefined]);
  });

  test("is read once a command, and only if it is asked for", () => {
    let reads = 0;
    const read = libraryWith(() => 0);
    const zone = createLocalZone({}, (samples) => {
      reads += 1;
      return read(samples);
    });
    expect(reads).toBe(0);
    zone.today();
    zone.today();
    expect(reads).toBe(1);
  });
});
