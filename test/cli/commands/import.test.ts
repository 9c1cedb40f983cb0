import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { useScratch } from "../../support/disks/scratch.ts";
import { type Setup, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

async function importing(stdin: string | Uint8Array, flags: readonly string[] = [], setup: Partial<Setup> = {}) {
  const terminal = openTerminal({ ...setup, stdin });
  return { terminal, ended: await terminal.run("import", "-", ...flags) };
}

const FULL = {
  id: "01a1f82f-1e80-7001-89c7-042307825391",
  title: "Pay rent",
  description: "Both\nmonths",
  completed: true,
  completed_at: "2026-11-19T10:00:00.000Z",
  due_date: "2026-11-27",
  priority: "high",
  project: "Home",
  tags: ["b", "a"],
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-11-19T11:00:00.000Z",
};

describe("an import", () => {
  test.each([
    ["an array over several lines", (tasks: object[]) => JSON.stringify(tasks, null, 2)],
    ["an array on one line", (tasks: object[]) => JSON.stringify(tasks)],
    ["NDJSON", (tasks: object[]) => tasks.map((task) => JSON.stringify(task)).join("\n")],
    [
      "NDJSON with blank lines and CRLF",
      (tasks: object[]) => tasks.map((task) => `${JSON.stringify(task)}\r\n\r\n`).join(""),
    ],
    ["a byte order mark before it", (tasks: object[]) => `\ufeff${JSON.stringify(tasks)}`],
  ])("reads %s", async (_, format) => {
    const { terminal, ended } = await importing(format([FULL, { title: "Milk" }]));
    expect(ended).toEqual({ code: 0, out: "Imported 2 new, 0 changed, 0 unchanged.\n", err: "" });
    expect((await terminal.titles()).toSorted()).toEqual(["Milk", "Pay rent"]);
  });

  test("reads one object alone, over several lines too", async () => {
    const { terminal } = await importing(JSON.stringify(FULL, null, 2));
    expect(await terminal.tasks()).toMatchObject([
      {
        title: "Pay rent",
        tags: ["a", "b"],
        createdAt: FULL.created_at,
        updatedAt: FULL.updated_at,
        dueDate: "2026-11-27",
      },
    ]);
  });

  test("takes saved filters, and says how many", async () => {
    const filters = { "filter:errands": "+shop", "filter:later": "due:fridy" };
    const text = JSON.stringify([FULL, { profile: filters }]);
    const { terminal, ended } = await importing(text);
    expect(ended.out).toBe(
      "Imported 1 new, 0 changed, 0 unchanged.\nImported filters: 2 new, 0 changed, 0 unchanged.\n",
    );
    expect(await terminal.print("filter", "-q")).toBe("errands\nlater\n");
    await terminal.print("filter", "save", "Errands", "+other");
    await terminal.print("filter", "save", "mine", "+mine");
    expect(await terminal.print("import", "-")).toContain("filters: 0 new, 1 changed, 1 unchanged.");
    expect(await terminal.print("filter", "-q")).toBe("errands\nlater\nmine\n");
    terminal.setup.stdin = JSON.stringify({ profile: filters });
    expect(await terminal.print("import", "-")).toContain("filters: 0 new, 0 changed, 2 unchanged.");
  });

  test.each([
    ["no object", { profile: 1 }, "profile: "],
    ["a filter that is no text", { profile: { "filter:a": 1 } }, "profile.filter:a: it is not a text"],
    ["a name that is too long", { profile: { ["x".repeat(200)]: "a" } }, "profile.xxx"],
    [
      "more than there is room for",
      { profile: Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`filter:f${at}`, "+x"])) },
      "more than 200 entries",
    ],
  ])("takes nothing of a file whose saved filters are %s", async (_, profile, said) => {
    const { terminal, ended } = await importing(JSON.stringify([FULL, profile]));
    expect([ended.code, ended.out, ended.err]).toEqual([2, "", expect.stringContaining(said)]);
    expect(await terminal.tasks()).toEqual([]);
    expect(await terminal.print("filter", "-q")).toBe("");
  });

  test("reads a file, and names it when there is none", async () => {
    const terminal = openTerminal();
    writeFileSync(scratch("tasks.json"), JSON.stringify([FULL]));
    expect(await terminal.print("import", scratch("tasks.json"))).toContain("1 new");
    expect((await terminal.run("import", scratch("none.json"))).err).toContain(scratch("none.json"));
  });

  test("makes the tasks be as the file says, and leaves alone what it does not say", async () => {
    const { terminal } = await importing(JSON.stringify([FULL]));
    terminal.setup.stdin = JSON.stringify({ id: FULL.id.toUpperCase(), title: "Rent", tags: ["c"], project: null });
    expect(await terminal.print("import", "-")).toBe("Imported 0 new, 1 changed, 0 unchanged.\n");
    expect(await terminal.tasks()).toMatchObject([
      {
        title: "Rent",
        tags: ["c"],
        project: null,
        description: "Both\nmonths",
        completedAt: FULL.completed_at,
        priority: "high",
      },
    ]);
  });

  test("reopens, completes, deletes and restores as the file says", async () => {
    const { terminal } = await importing(JSON.stringify([FULL]));
    const importMore = async (more: object) => {
      terminal.setup.stdin = JSON.stringify({ id: FULL.id, title: "Pay rent", ...more });
      await terminal.print("import", "-");
      return (await terminal.tasks())[0];
    };
    expect(await importMore({ completed: false })).toMatchObject({ completedAt: null });
    expect(await importMore({ completed: true })).toMatchObject({ completedAt: "2026-11-20T09:00:00.000Z" });
    expect(await importMore({ completed_at: null })).toMatchObject({ completedAt: null });
    expect(await importMore({ deleted_at: FULL.created_at })).toMatchObject({ deletedAt: FULL.created_at });
    expect(await importMore({})).toMatchObject({ deletedAt: null });
  });

  test("of moments with offsets stores them in UTC", async () => {
    const { terminal } = await importing(
      '{"title":"x","due_date":"2026-11-21T15:00:00+02:00","created_at":"2026-01-01T01:00:00+01:00"}',
    );
    expect(await terminal.tasks()).toMatchObject([
      { dueDate: "2026-11-21T13:00:00Z", createdAt: "2026-01-01T00:00:00.000Z" },
    ]);
  });

  test("of records without an id finds them again the second time, equal ones too", async () => {
    const text = '{"title":"Milk"}\n{"title":"Milk"}\n{"title":"Bread","tags":["shop"]}\n';
    const { terminal, ended } = await importing(text);
    expect(ended.out).toBe("Imported 3 new, 0 changed, 0 unchanged.\n");
    const log = await terminal.print("log", "--json");
    terminal.setup.now += 86_400_000;
    for (const again of [text, `[${text.trim().replaceAll("\n", ",\n")}]`]) {
      terminal.setup.stdin = again;
      expect(await terminal.print("import", "-")).toBe("Imported 0 new, 0 changed, 3 unchanged.\n");
    }
    expect(await terminal.print("log", "--json")).toBe(log);
  });

  test("of one id twice takes the last", async () => {
    const { terminal, ended } = await importing(
      `${JSON.stringify(FULL)}\n${JSON.stringify({ ...FULL, title: "Later" })}`,
    );
    expect(ended.out).toBe("Imported 1 new, 0 changed, 0 unchanged.\n");
    expect(await terminal.titles()).toEqual(["Later"]);
  });

  test("is one change in the log for all tasks, which undo takes back", async () => {
    const { terminal } = await importing('{"title":"Milk"}\n{"title":"Bread"}');
    expect(await terminal.print("undo")).toContain("Undid the import: ");
    expect(await terminal.print("list")).toBe("");
  });

  test("tells programs how many there were", async () => {
    const { ended } = await importing('{"title":"Milk"}\n{"title":""}', ["--json", "--skip-invalid"]);
    expect(JSON.parse(ended.out)).toEqual({
      added: 1,
      changed: 0,
      unchanged: 0,
      skipped: 1,
      filters: { added: 0, changed: 0, unchanged: 0 },
    });
    expect((await importing('{"title":"Milk"}', ["--quiet"])).ended).toEqual({ code: 0, out: "", err: "" });
  });
});

const BAD: [string, string, string][] = [
  ["no title", '{"due_date":"2026-11-27"}', "title: "],
  ["an empty title", '{"title":""}', "title: title is empty"],
  ["a title that can't be seen", '{"title":"\\u200b"}', "title: title is empty"],
  ["a title with NUL", '{"title":"a\\u0000b"}', "title: title contains a NUL character"],
  ["half a character", '{"title":"a\\ud83e"}', "title: title contains half of a surrogate pair"],
  ["a title too long", JSON.stringify({ title: "x".repeat(501) }), "title: title has 501 characters"],
  ["a number for a title", '{"title":1}', "title: "],
  ["an unknown field", '{"title":"x","colour":"red"}', "colour: there is no such member"],
  ["a date in words", '{"title":"x","due_date":"tomorrow"}', 'due_date: "tomorrow" is not a due date'],
  ["31 February", '{"title":"x","due_date":"2026-02-31"}', "due_date: "],
  ["an occurrence that is no day", '{"title":"x","occurrence":"2026-13-45"}', "occurrence: it is not a local day"],
  ["a moment without an offset", '{"title":"x","due_date":"2026-11-27T10:00:00"}', "due_date: "],
  ["an unknown priority", '{"title":"x","priority":"urgent"}', "priority: "],
  ["a project that is called none", '{"title":"x","project":"none"}', "project: a project can't be called"],
  ["a tag of two words", '{"title":"x","tags":["a b"]}', 'tags: tag "a b" is not one word'],
  [
    "51 tags",
    JSON.stringify({ title: "x", tags: Array.from({ length: 51 }, (_, at) => `t${at}`) }),
    "tags: a task can have 50",
  ],
  ["an id that is none", '{"title":"x","id":"42"}', "id: "],
  ["a day for a moment", '{"title":"x","created_at":"2026-11-20"}', "created_at: "],
  [
    "a moment before the year 0",
    '{"title":"x","created_at":"0000-01-01T00:00:00+01:00"}',
    "created_at: only the years 0000 to 9999",
  ],
  [
    "a contradiction",
    '{"title":"x","completed":false,"completed_at":"2026-11-20T00:00:00Z"}',
    "completed: completed is false",
  ],
  ["a list for a record", '["x"]', "Invalid input: expected object"],
  ["null for a record", "null", "Invalid input: expected object"],
];

describe("a bad record", () => {
  test.each(BAD)("with %s is named with its line, and nothing is imported", async (_, bad, problem) => {
    for (const text of [
      `{"title":"Milk"}\n\n${bad}\n{"title":"Bread"}\n`,
      `[{"title":"Milk"},\n\n${bad},\n{"title":"Bread"}]`,
    ]) {
      const { terminal, ended } = await importing(text);
      expect([ended.code, ended.out]).toEqual([2, ""]);
      expect(ended.err).toStartWith("todo: 1 of 3 records can't be imported, so none was\n");
      expect(ended.err).toContain(`\n  line 3: ${problem}`);
      expect(await terminal.tasks()).toEqual([]);
    }
  });

  test("is skipped and named with --skip-invalid, and the others are imported", async () => {
    const text = '[\n{"title":"Milk"},\n{"title":"\\u001b"},\n{"title":"Bread"}, {"x":\n1}\n]';
    const { terminal, ended } = await importing(text, ["--skip-invalid"]);
    expect([ended.code, ended.out]).toEqual([0, "Imported 2 new, 0 changed, 0 unchanged.\n"]);
    expect(ended.err).toMatch(/^Skipped line 3: title: title is empty\nSkipped line 4: .*\n$/);
    expect((await terminal.titles()).toSorted()).toEqual(["Bread", "Milk"]);
  });

  test("that is not JSON is one bad record of NDJSON, also on the first line", async () => {
    for (const text of ['{"title":"Milk"\n{"title":"Bread"}\n', '\nMilk\n{"title":"Bread"}\n']) {
      const { ended } = await importing(text);
      expect(ended.err).toMatch(/1 of 2 records can't be imported, so none was\n {2}line [12]: not JSON/);
      const { terminal } = await importing(text, ["--skip-invalid"]);
      expect(await terminal.titles()).toEqual(["Bread"]);
    }
  });

  test("of many is shown with the first twenty", async () => {
    const { ended } = await importing('{"title":""}\n'.repeat(25));
    expect(ended.err).toContain("line 20: ");
    expect(ended.err).not.toContain("line 21: ");
    expect(ended.err).toContain("…and 5 more");
  });

  test("has the line on which it begins, whatever strings and nesting are around it", async () => {
    const text = '\n[ {"title":"a]\\"}{[,\\n",\n"tags":[\n"x"]}\n,\n{"title"\n:""},{"title":"b"}, 7\n\n,[{}],\n"]"\n]';
    const { ended } = await importing(text);
    expect(ended.err.match(/line \d+/g)).toEqual(["line 6", "line 7", "line 9", "line 10"]);
  });
});

describe("a file that is no export", () => {
  test.each<[string, string | Uint8Array, string]>([
    ["prose", "Pay rent\nMilk\n", "neither JSON nor NDJSON"],
    ["a broken array", '[\n{"title":"a"},\n{"title":"b"}\n{"title":"c"}\n]', "neither JSON nor NDJSON"],
    ["an array that was cut off", '[\n{"title":"a"},\n{"tit', "neither JSON nor NDJSON"],
    ["an endless nesting", "[".repeat(200_000), "neither JSON nor NDJSON"],
    ["Latin-1", new Uint8Array([0x7b, 0x22, 0xfc, 0x22, 0x7d]), "not UTF-8"],
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x5b, 0x00, 0x5d, 0x00]), "not UTF-8"],
  ])("(%s) is refused as a whole, also with --skip-invalid", async (_, content, problem) => {
    for (const flags of [[], ["--skip-invalid"]]) {
      const { terminal, ended } = await importing(content, flags);
      expect([ended.code, ended.out]).toEqual([2, ""]);
      expect(ended.err).toContain(problem);
      expect(await terminal.tasks()).toEqual([]);
    }
  });

  test("names what can be done with files of other programs", async () => {
    const { ended } = await importing("Dear Ann, call me");
    expect(ended.err).toEndWith(
      "  What todo export writes can be imported, and files of other programs with --from: todo import --help\n" +
        "  Titles alone, one on each line, can be added: todo add - < FILE\n",
    );
  });

  test.each(["", "\n \n", "[]", " [ ] "])("(%p) but empty is refused, unless that is expected", async (text) => {
    expect((await importing(text)).ended).toEqual({
      code: 2,
      out: "",
      err: "todo: standard input has no tasks, so nothing was imported\n  If that is what you expect: --allow-empty\n",
    });
    const { ended } = await importing(text, ["--allow-empty"]);
    expect(ended).toEqual({ code: 0, out: "Imported 0 new, 0 changed, 0 unchanged.\n", err: "" });
  });
});

describe("the progress of an import", () => {
  const text = '{"title":"Milk"}\n'.repeat(2500);

  test("is drawn on a terminal's standard error once a second has passed, and wiped away", async () => {
    const { ended } = await importing(text, [], { terminals: ["out", "err"], step: 400 });
    expect(ended.out).toBe("Imported 2500 new, 0 changed, 0 unchanged.\n");
    expect(ended.err).toMatch(/^\rImporting █+░+ \d+ of 2500/);
    expect(ended.err).toEndWith("2500 of 2500\u001b[K\r\u001b[K");
  });

  test("is not drawn in the first second, nor where standard error is no terminal", async () => {
    expect((await importing(text, [], { terminals: ["out", "err"], step: 0 })).ended.err).toBe("");
    expect((await importing(text, [], { terminals: ["out"], step: 400 })).ended.err).toBe("");
  });
});

test("a record with thousands of flaws is refused in a few lines", async () => {
  const record = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`member${at}`, "x".repeat(20)]));
  const terminal = openTerminal({ stdin: JSON.stringify([record, "y".repeat(50_000), `{${"z".repeat(50_000)}`]) });
  const { code, err } = await terminal.run("import", "-");
  expect(code).not.toBe(0);
  expect(err).toContain("member0: there is no such member");
  expect(err).toContain("and 4981 more");
  expect(err.length).toBeLessThan(2000);
  const broken = await openTerminal({ stdin: `{"title":"a"}\n${"z".repeat(50_000)}` }).run("import", "-");
  expect(broken.err).toContain("line 2: not JSON");
  expect(broken.err.length).toBeLessThan(1000);
});
