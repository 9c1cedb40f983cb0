import { expect, test } from "bun:test";
import { formatPeriod } from "../../../src/cli/output/period.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

test.each([
  ["2026-11-21", "2026-11-22", "Sat 21 Nov"],
  ["2025-11-21", "2025-11-22", "Fri 21 Nov 2025"],
  ["2026-11-02", "2026-11-09", "2–8 Nov"],
  ["2025-11-03", "2025-11-10", "3–9 Nov 2025"],
  ["2026-11-30", "2026-12-07", "30 Nov – 6 Dec"],
  ["2025-06-30", "2025-07-07", "30 Jun – 6 Jul 2025"],
  ["2025-12-29", "2026-01-05", "29 Dec 2025 – 4 Jan"],
  ["2026-02-01", "2026-03-01", "Feb"],
  ["2025-12-01", "2026-01-01", "Dec 2025"],
  ["2026-01-01", "2027-01-01", "2026"],
  ["2026-10-01", "2026-12-01", "1 Oct – 30 Nov"],
])("from %s to before %s is %p", (from, to, text) => {
  expect(formatPeriod({ from, to }, SYSTEM)).toBe(text);
});
