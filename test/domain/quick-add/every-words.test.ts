import { expect, test } from "bun:test";
import { toArguments } from "../../../src/domain/quick-add/argument.ts";
import { joinEvery } from "../../../src/domain/quick-add/every-words.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

test.each<[string[], string[]]>([
  [
    ["Bins", "every:2", "weeks", "on", "mon,thu", "+home"],
    ["Bins", "every:2 weeks on mon,thu", "+home"],
  ],
  [
    ["every:2", "weeks", "Bins"],
    ["every:2 weeks", "Bins"],
  ],
  [
    ["every:day", "at", "the", "office"],
    ["every:day", "at", "the", "office"],
  ],
  [
    ["every:month", "due:friday", "on", "the", "1st"],
    ["every:month", "due:friday", "on", "the", "1st"],
  ],
  [
    ["every:2", "weeks", "every:3", "days", "every:4", "days"],
    ["every:2 weeks", "every:3 days", "every:4", "days"],
  ],
  [
    ["Bins", "project:House every:week", "due: friday every:week"],
    ["Bins", "project:House every:week", "due: friday every:week"],
  ],
  [["Pay rent every:month on the 1st project:House"], ["Pay rent", "every:month on the 1st", "project:House"]],
  [
    ["every:week until 30 june 2027", "x"],
    ["every:week until 30 june 2027", "x"],
  ],
  [
    ["eve:other", "tue", "Bins"],
    ["eve:other tue", "Bins"],
  ],
  [
    ["every:hour", "Bins"],
    ["every:hour", "Bins"],
  ],
  [
    ["every:", "week"],
    ["every:", "week"],
  ],
  [
    ["Milk", "a  b", "due:friday"],
    ["Milk", "a  b", "due:friday"],
  ],
])("of %j the words that make a rule are one: %j", async (args, joined) => {
  const read = await joinEvery(toArguments(args), SYSTEM);
  expect(read.map(({ text }) => text)).toEqual(joined);
});
