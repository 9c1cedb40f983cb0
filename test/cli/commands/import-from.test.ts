import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { useScratch } from "../../support/disks/scratch.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const FENCE = {
  uuid: "9d88823e-97e6-414d-98b4-9317dfd57f71",
  description: "Paint the fence",
  status: "pending",
  entry: "20260501T120000Z",
  modified: "20260501T120200Z",
  due: "20260520T220000Z",
  project: "House",
  tags: ["weekend"],
};
const PAINT = { ...FENCE, uuid: "94d43829-6e9c-4be5-b21d-f28446eee9e3", description: "Buy paint", size: "L" };

type Terminal = ReturnType<typeof openTerminal>;

function fileOf(...tasks: readonly object[]): string {
  const path = scratch("tasks.json");
  writeFileSync(path, `[\n${tasks.map((each) => JSON.stringify(each)).join(",\n")}\n]\n`);
  return path;
}

const titlesOf = async (terminal: Terminal) =>
  (await terminal.tasks()).flatMap(({ title, deletedAt }) => (deletedAt === null ? title : [])).toSorted();

const importing = (terminal: Terminal, path: string, ...flags: string[]) =>
  terminal.run("import", "--from", "taskwarrior", "--zone", "Europe/Berlin", ...flags, path);

describe("an import from Taskwarrior", () => {
  test("says how many came, and names what has no place", async () => {
    const terminal = openTerminal();
    expect(await importing(terminal, fileOf(FENCE, PAINT))).toEqual({
      code: 0,
      out: "Imported 2 new, 0 changed, 0 unchanged, 0 skipped.\n",
      err: "No place for field size: 1 task (pdfgghvsdxjr)\n",
    });
    expect(await terminal.tasks()).toMatchObject([
      { id: PAINT.uuid, title: "Buy paint", dueDate: "2026-05-21", createdAt: "2026-05-01T12:00:00.000Z" },
      { id: FENCE.uuid, title: "Paint the fence", project: "House", tags: ["weekend"] },
    ]);
  });

  test("once more changes nothing, and is one undo", async () => {
    const terminal = openTerminal();
    const path = fileOf(FENCE, PAINT);
    await importing(terminal, path);
    expect((await importing(terminal, path)).out).toBe("Imported 0 new, 0 changed, 2 unchanged, 0 skipped.\n");
    await terminal.run("undo");
    expect(await titlesOf(terminal)).toEqual([]);
    await importing(terminal, path);
    expect(await titlesOf(terminal)).toEqual(["Buy paint", "Paint the fence"]);
  });

  test("of a newer file changes what changed there, and keeps what was edited here", async () => {
    const terminal = openTerminal();
    await importing(terminal, fileOf(FENCE, PAINT));
    await terminal.run("edit", FENCE.uuid, "--title", "Paint all fences", "+spring");
    const newer = { ...FENCE, due: "20260522T220000Z", tags: ["weekend", "urgent"], modified: "20260509T120100Z" };
    const { out, err } = await importing(terminal, fileOf(newer, PAINT));
    expect(out).toBe("Imported 0 new, 1 changed, 1 unchanged, 0 skipped.\n");
    expect(err).not.toContain("Changed here");
    const [, fence] = (await terminal.tasks()).toSorted((one, other) => (one.title < other.title ? -1 : 1));
    expect(fence).toMatchObject({
      title: "Paint all fences",
      dueDate: "2026-05-23",
      tags: ["spring", "urgent", "weekend"],
    });
  });

  test("names a task of which the same field was changed here and there, and the file counts", async () => {
    const terminal = openTerminal();
    await importing(terminal, fileOf(FENCE));
    await terminal.run("edit", FENCE.uuid, "due:2027-01-01", "--title", "Paint all fences");
    const { err } = await importing(terminal, fileOf({ ...FENCE, due: "20260522T220000Z" }));
    expect(err).toBe("Changed here and in the file, which counts: 1 task (hztxlfzxqplq)\n");
    expect(await terminal.tasks()).toMatchObject([{ title: "Paint all fences", dueDate: "2026-05-23" }]);
  });

  test("leaves a task deleted that was deleted here", async () => {
    const terminal = openTerminal();
    await importing(terminal, fileOf(FENCE));
    await terminal.run("rm", FENCE.uuid);
    await importing(terminal, fileOf({ ...FENCE, project: "Garden" }));
    expect(await titlesOf(terminal)).toEqual([]);
  });

  test("can be tried without a change, and as JSON", async () => {
    const terminal = openTerminal();
    const path = fileOf(FENCE, PAINT);
    expect((await importing(terminal, path, "--dry-run")).out).toBe(
      "Would import 2 new, 0 changed, 0 unchanged, 0 skipped.\n",
    );
    expect(await titlesOf(terminal)).toEqual([]);
    const { out, err } = await importing(terminal, path, "--json");
    expect([JSON.parse(out), err]).toEqual([
      {
        added: 2,
        changed: 0,
        unchanged: 0,
        skipped: 0,
        contested: [],
        left: [{ what: "field size", count: 1, ids: [PAINT.uuid] }],
      },
      "",
    ]);
  });

  test("puts tasks that have no project into one", async () => {
    const terminal = openTerminal();
    await importing(terminal, fileOf({ ...FENCE, project: "" }, PAINT), "--project", "Old");
    const projects = (await terminal.tasks()).map(({ project }) => project);
    expect(new Set(projects)).toEqual(new Set(["House", "Old"]));
  });

  test("is refused as a whole for one bad record, and goes on without it if one says so", async () => {
    const terminal = openTerminal();
    const path = fileOf(FENCE, { ...PAINT, status: "\u001b[31mfoo" });
    const refused = await importing(terminal, path);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("line 3: status")]);
    expect(refused.err).not.toContain("\u001b");
    expect(await titlesOf(terminal)).toEqual([]);
    expect((await importing(terminal, path, "--skip-invalid")).out).toBe(
      "Imported 1 new, 0 changed, 0 unchanged, 1 skipped.\n",
    );
  });

  test("takes several files as one import, and of a task in both the last", async () => {
    const terminal = openTerminal();
    const one = fileOf(FENCE);
    const other = scratch("more.json");
    writeFileSync(other, `${JSON.stringify({ ...FENCE, description: "Paint it" })}\n${JSON.stringify(PAINT)}\n`);
    const { out, err } = await terminal.run("import", "--from", "taskwarrior", one, other);
    expect(out).toBe("Imported 2 new, 0 changed, 0 unchanged, 1 skipped.\n");
    expect(err).toContain(`Skipped ${other}, line 1: the same task once more, which counts\n`);
    expect(await titlesOf(terminal)).toEqual(["Buy paint", "Paint it"]);
  });

  test("leaves out a link to a task that nobody has, and names it", async () => {
    const terminal = openTerminal();
    const { err } = await importing(terminal, fileOf({ ...FENCE, depends: [PAINT.uuid] }));
    expect(err).toBe("No place for link to a task that is neither in the file nor here: 1 task (hztxlfzxqplq)\n");
    await importing(terminal, fileOf(PAINT));
    // Now there is one.
    await importing(terminal, fileOf({ ...FENCE, depends: [PAINT.uuid], project: "Garden" }));
    expect((await terminal.tasks()).find(({ id }) => id === FENCE.uuid)?.dependsOn).toEqual([PAINT.uuid]);
  });

  test("of an empty file needs a yes", async () => {
    const terminal = openTerminal();
    expect((await importing(terminal, fileOf())).code).toBe(2);
    expect((await importing(terminal, fileOf(), "--allow-empty")).code).toBe(0);
  });
});

describe("an import from todo.txt", () => {
  const LINES = [
    "(A) Ring the plumber +Bath @phone due:2026-05-04",
    "Buy milk",
    "Buy milk",
    "Fix it rec:2w due:2026-05-10",
  ];

  function listOf(...lines: readonly string[]): string {
    const path = scratch("todo.txt");
    writeFileSync(path, lines.join("\n"));
    return path;
  }

  test("takes each line, also one that is there twice, and the list of what is done with it", async () => {
    const terminal = openTerminal();
    const done = scratch("done.txt");
    writeFileSync(done, "x 2026-05-03 Buy milk\n");
    const run = () => terminal.run("import", "--from", "todotxt", listOf(...LINES), done);
    expect((await run()).out).toBe("Imported 5 new, 0 changed, 0 unchanged, 0 skipped.\n");
    expect((await run()).out).toBe("Imported 0 new, 0 changed, 5 unchanged, 0 skipped.\n");
    const repeating = (await terminal.tasks()).filter(({ recurrence }) => recurrence !== null);
    expect(repeating).toMatchObject([{ title: "Fix it", recurrence: "done 2026-05-10 FREQ=WEEKLY;INTERVAL=2" }]);
  });

  test("goes on where a line was changed in the other program", async () => {
    const terminal = openTerminal();
    await terminal.run("import", "--from", "todotxt", listOf(...LINES));
    const [first = "", ...others] = LINES;
    const path = listOf(first.replace("(A)", "(B)"), ...others);
    expect((await terminal.run("import", "--from", "todotxt", path)).out).toBe(
      "Imported 0 new, 1 changed, 3 unchanged, 0 skipped.\n",
    );
  });

  test("is named to whoever leaves out --from", async () => {
    const { code, err } = await openTerminal().run("import", listOf(...LINES));
    expect([code, err]).toEqual([2, expect.stringContaining("todo import --from todotxt")]);
  });
});

test("a format that there is not is named with those that there are", async () => {
  const { code, err } = await openTerminal().run("import", "--from", "taskwarior", "x.json");
  expect([code, err]).toEqual([2, expect.stringContaining("Did you mean taskwarrior?")]);
});

test("a file of Taskwarrior without --from is refused with the flag that fits", async () => {
  const { code, err } = await openTerminal().run("import", fileOf(FENCE));
  expect([code, err]).toEqual([2, expect.stringContaining("todo import --from taskwarrior")]);
});

test.each([
  ["ticktick", '"Version: 7.2"\n"Folder Name","List Name","Title","taskId"\n'],
  ["ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"],
  ["github", '[{"number":3,"closedAt":null,"title":"x"}]'],
])("a file of %s is known without --from", async (format, text) => {
  const path = scratch(`a-file-of-${format}`);
  writeFileSync(path, text);
  const { code, err } = await openTerminal().run("import", path);
  expect([code, err]).toEqual([2, expect.stringContaining(`todo import --from ${format} FILE`)]);
});
