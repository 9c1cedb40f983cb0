import { expect, test } from "bun:test";
import { atLine } from "../../../src/cli/input/at-line.ts";
import { parseEvery } from "../../../src/domain/recurrence/every.ts";
import { refusal } from "../../support/errors.ts";

test("an error of a line has its number, and shows the same place and advice", () => {
  const read = () => parseEvery("2 hours", "2026-11-21");
  const { hints, excerpt } = refusal(read);
  const error = refusal(() => atLine(3, read));
  expect(error).toMatchObject({ message: 'line 3: every: "hours" is not understood', hints, excerpt });
});
