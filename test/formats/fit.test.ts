import { expect, test } from "bun:test";
import { fitRecord } from "../../src/formats/fit.ts";

test("what fits stays as it is, and nothing is named", () => {
  const record = { title: "Pay rent", project: "House/Garden", tags: ["home"], description: "Both\nmonths" };
  expect(fitRecord(record)).toEqual({ record, left: [] });
});

test("a title of several lines becomes one", () => {
  expect(fitRecord({ title: " Pay\r\n rent \n" }).record.title).toBe("Pay rent");
});

test("a title that is too long is cut at a word, and the description begins with all of it", () => {
  const title = `${"word ".repeat(120)}end`;
  const { record, left } = fitRecord({ title, description: "More" });
  expect(record.title.length).toBeLessThanOrEqual(500);
  expect(record.title.endsWith("word…")).toBe(true);
  expect(record.description).toBe(`${title}\n\nMore`);
  expect(left).toEqual(["form of the title"]);
});

test("tags lose what a tag can't have, and that is named", () => {
  const { record, left } = fitRecord({ title: "x", tags: ["#home", "front door", 'a,b"', "  "] });
  expect(record.tags).toEqual(["home", "front-door", "ab"]);
  expect(left).toEqual(["form of a tag"]);
});

test("of a path that is too long the last parts stay", () => {
  const { record, left } = fitRecord({ title: "x", project: `${"a".repeat(80)}/${"b".repeat(50)}/c` });
  expect(record.project).toBe(`${"b".repeat(50)}/c`);
  expect(left).toEqual(["beginning of a long project"]);
});

test("of more notes and tags than one may have the first ones stay", () => {
  const notes = Array.from({ length: 101 }, (_, at) => ({ at, text: `note ${at}` }));
  const { record, left } = fitRecord({ title: "x", notes, tags: Array.from({ length: 51 }, (_, at) => `t${at}`) });
  expect([record.notes?.length, record.tags?.length]).toEqual([100, 50]);
  expect(left).toEqual(["tags after the first 50", "notes after the first 100"]);
});
