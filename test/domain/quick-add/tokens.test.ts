import { expect, test } from "bun:test";
import { toArguments } from "../../../src/domain/quick-add/argument.ts";
import { joinEvery } from "../../../src/domain/quick-add/every-words.ts";
import { readTokens } from "../../../src/domain/quick-add/tokens.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

test.each<[string[], string[]]>([
  [
    ["Pay rent due:friday +home", "p1"],
    ["due:friday", "+home", "p1"],
  ],
  [["Pay   due:friday   17:00  now"], ["due:friday   17:00"]],
  [["due:next", "friday", "at", "noon", "Pay"], ["due:next friday at noon"]],
  [["due:next friday", "17:00 with Ann"], ["due:next friday 17:00"]],
  [["Bins every:2   weeks on mon project:House"], ["every:2   weeks on mon", "project:House"]],
  [
    ["🗑️ Bins", "every:2", "weeks", "+ü"],
    ["every:2 weeks", "+ü"],
  ],
  [["Call due:", "now"], ["due:"]],
])("of the arguments %j the tokens stand at %j", async (args, places) => {
  const line = args.join(" ");
  const { tokens } = readTokens(await joinEvery(toArguments(args), SYSTEM), "add", SYSTEM);
  expect(tokens.map(({ at, length }) => line.slice(at, at + length))).toEqual(places);
});
