import { expect, test } from "bun:test";
import type { LocalClock } from "../../../src/ports/system.ts";
import { useChildren } from "../../support/children/child.ts";

const run = useChildren();

async function readClock(zone: string): Promise<LocalClock> {
  return JSON.parse(await run("print-clock.ts", [], { env: { TZ: zone } }).lastLine());
}

// At every moment at least two of these have different days.
test.each(["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])(
  "today is the day of the user's time zone: %s",
  async (zone) => {
    const today = () => Temporal.Now.plainDateISO(zone).toString();
    const before = today();
    const { day } = await readClock(zone);
    expect([before, today()]).toContain(day);
  },
);

test("the offsets are those of a year in the user's time zone", async () => {
  const { offsets } = await readClock("Europe/Berlin");
  expect(offsets).toHaveLength(12);
  expect(new Set(offsets.map(({ offset }) => offset))).toEqual(new Set([3600, 7200]));
  for (const { at, offset } of offsets) {
    const local = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO("Europe/Berlin");
    expect(offset).toBe(local.offsetNanoseconds / 1e9);
  }
});
