import { expect, test } from "bun:test";
import { useChildren } from "../../support/children/child.ts";

const run = useChildren();

// At every moment at least two of these have different days.
test.each(["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])(
  "today is the day of the user's time zone: %s",
  async (zone) => {
    const today = () => Temporal.Now.plainDateISO(zone).toString();
    const before = today();
    const day = await run("print-day.ts", [], { env: { TZ: zone } }).lastLine();
    expect([before, today()]).toContain(day);
  },
);
