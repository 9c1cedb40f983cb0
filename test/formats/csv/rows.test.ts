import { expect, test } from "bun:test";
import { readCsvRows } from "../../../src/formats/csv/rows.ts";

const cellsOf = (text: string, separator?: string) =>
  [...readCsvRows(text, separator)].map((row) => ("cells" in row ? row.cells : row.problem));

// The kinds of https://github.com/max-mapper/csv-spectrum.
test.each([
  [
    "simple rows",
    "a,b,c\n1,2,3\n",
    [
      ["a", "b", "c"],
      ["1", "2", "3"],
    ],
  ],
  [
    "no line end at the end",
    "a,b\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["commas in quotes", 'a,"b, c",d\n', [["a", "b, c", "d"]]],
  ["quotes in quotes", 'a,"b ""c"" d"\n', [["a", 'b "c" d']]],
  [
    "line ends in quotes",
    'a,"b\nc"\r\n1,2\r\n',
    [
      ["a", "b\nc"],
      ["1", "2"],
    ],
  ],
  ["line ends of Windows in quotes", 'a,"b\r\nc"\n', [["a", "b\r\nc"]]],
  ["empty cells", 'a,,"",\n', [["a", "", "", ""]]],
  ["JSON in quotes", '1,"{""a"": ""b, c""}"\n', [["1", '{"a": "b, c"}']]],
  ["a byte order mark", "\ufeffa,b\n", [["a", "b"]]],
  ["blank rows", "a\n\n,,\n\r\nb\n", [["a"], ["b"]]],
  ["text behind quotes", '"a" b,c\n', [["a b", "c"]]],
  ["a quote within a cell", 'a"b,c\n', [['a"b', "c"]]],
])("%s are read", (_, text, rows) => {
  expect(cellsOf(text)).toEqual(rows);
});

test("another separator is taken", () => expect(cellsOf("a;b,c\n", ";")).toEqual([["a", "b,c"]]));

test("each row has its line, also behind a cell of several lines", () => {
  expect([...readCsvRows('a\n"b\nc"\n\nd\n')].map(({ line }) => line)).toEqual([1, 2, 5]);
});

test("a file that ends within quotes, and a row without end, are refused with the line", () => {
  expect([...readCsvRows('a\n"b\nc\n')].at(-1)).toEqual({ line: 2, problem: "the file ends within quotes" });
  expect([...readCsvRows(`a\n${",".repeat(2000)}\n`)].at(-1)).toEqual({
    line: 2,
    problem: "this row has more than 1000 cells",
  });
});
