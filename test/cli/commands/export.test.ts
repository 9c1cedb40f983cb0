import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { checkPatch, draftFields } from "../../../src/domain/task/fields.ts";
import type { Edit } from "../../../src/ports/store.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import { type Draft } from "../../../src/domain/task/task.ts";
import type { WireTask } from "../../../src/contract/task.ts";
import { anyDraft } from "../../support/tasks/arbitraries.ts";
import { OPENING } from "../../support/stores/test-user.ts";
import { openTerminal, type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const useTerminal = useTerminals();

const anyMoment = fc
  .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => date.toISOString());

type Life = {
  readonly draft: Draft;
  readonly id: string;
  readonly createdAt: string;
  readonly completedAt: string | null;
  readonly deletedAt: string | null;
  readonly changedAt: number;
};

const anyLife: fc.Arbitrary<Life> = fc.record({
  draft: anyDraft,
  id: fc.uuid(),
  createdAt: anyMoment,
  completedAt: fc.option(anyMoment),
  deletedAt: fc.option(anyMoment),
  changedAt: fc.integer({ min: 0, max: OPENING }),
});

const anyLives = fc.uniqueArray(anyLife, { selector: ({ id }) => id, maxLength: 8 });

/** Two spellings of a name, names of a later version, what can't be read, and what was removed. */
const anyProfile = fc.dictionary(
  fc.constantFrom("filter:work", "filter:Work", "filter:m\u00f8der", "filter:two words", "context:x", "later"),
  fc.option(fc.constantFrom("+work", "due:fridy", '\u001b[31m\n"')),
);

async function live(terminal: Terminal, lives: readonly Life[], profile: Fields = {}): Promise<void> {
  await terminal.store().editProfile("local", profile, OPENING);
  const edits = lives.map(({ draft, id, createdAt, completedAt, deletedAt, changedAt }): Edit => {
    const fields = draftFields({ ...checkPatch(draft), title: draft.title }, createdAt);
    const ends = { ...(completedAt && { completed_at: completedAt }), ...(deletedAt && { deleted_at: deletedAt }) };
    return { id, fields: { ...fields, ...ends }, at: changedAt };
  });
  await terminal.store().commit("local", { action: "add", now: OPENING, edits });
}

/** Hands an export to a new database and answers what that exports. */
async function carryOver(text: string, flags: readonly string[]): Promise<string> {
  const other = openTerminal({ stdin: text, now: OPENING + 86_400_000 });
  try {
    await other.print("import", "--allow-empty", "-");
    return await other.print("export", ...flags);
  } finally {
    await other.close();
  }
}

describe("an export", () => {
  test.each([[["--deleted"]], [["--deleted", "--ndjson"]], [[]], [["--ndjson"]]])(
    "with %p that is imported elsewhere exports the same bytes again",
    async (flags) => {
      const property = fc.asyncProperty(anyLives, anyProfile, async (lives, profile) => {
        const terminal = openTerminal();
        try {
          await live(terminal, lives, profile);
          const text = await terminal.print("export", ...flags);
          expect(await carryOver(text, flags)).toBe(text);
        } finally {
          await terminal.close();
        }
      });
      await fc.assert(property, { numRuns: 60 });
    },
  );

  test("that is imported where it came from changes nothing", async () => {
    const property = fc.asyncProperty(anyLives, anyProfile, async (lives, profile) => {
      const terminal = openTerminal();
      try {
        await live(terminal, lives, profile);
        terminal.setup.stdin = await terminal.print("export", "--deleted");
        const [log, tasks] = [await terminal.print("log", "--json"), await terminal.tasks()];
        const stored = await terminal.store().profile("local");
        const { filters, ...counts } = JSON.parse(await terminal.print("import", "--allow-empty", "--json", "-"));
        expect(counts).toEqual({ added: 0, changed: 0, unchanged: lives.length, skipped: 0 });
        expect(filters).toMatchObject({ added: 0, changed: 0 });
        expect(await terminal.store().profile("local")).toEqual(stored);
        expect(await terminal.print("log", "--json")).toBe(log);
        expect(await terminal.tasks()).toEqual(tasks);
      } finally {
        await terminal.close();
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test("has done tasks, and deleted ones only with --deleted", async () => {
    const terminal = useTerminal();
    for (const title of ["open", "done", "gone"]) await terminal.add(title);
    await terminal.print("done", "gqn");
    await terminal.print("rm", "xjm");
    const titles = async (...flags: string[]) => {
      const tasks: WireTask[] = JSON.parse(await terminal.print("export", ...flags));
      return tasks.map(({ title }) => title);
    };
    expect(await titles()).toEqual(["open", "done"]);
    expect(await titles("--deleted")).toEqual(["open", "done", "gone"]);
    expect(await terminal.print("export", "--quiet")).toBe("wbbnznksrkdb\ngqnvvdwdmnrt\n");
  });

  test("has one task a line in either form", async () => {
    const terminal = useTerminal();
    await terminal.add("Pay\nrent", "due:friday", "+home");
    await terminal.add("Milk");
    const ndjson = (await terminal.print("export", "--ndjson")).trimEnd().split("\n");
    expect(ndjson).toHaveLength(2);
    expect(await terminal.print("export")).toBe(`[\n${ndjson.join(",\n")}\n]\n`);
    expect(await terminal.print("export", "--json")).toBe(await terminal.print("export"));
  });

  test("has the saved filters at the end, in either form and not among handles", async () => {
    const terminal = useTerminal();
    await terminal.print("filter", "save", "errands", "+shop");
    const profile = '{"profile":{"filter:errands":"+shop"}}';
    expect(await terminal.print("export")).toBe(`[\n${profile}\n]\n`);
    await terminal.add("Milk");
    expect((await terminal.print("export")).split("\n").at(-3)).toBe(profile);
    expect((await terminal.print("export", "--ndjson")).split("\n").at(-2)).toBe(profile);
    expect(await terminal.print("export", "-q")).toBe("wbbnznksrkdb\n");
  });

  test("of nothing is an empty array, which imports as nothing", async () => {
    const terminal = useTerminal();
    expect(await terminal.print("export")).toBe("[]\n");
    expect(await terminal.print("export", "--ndjson")).toBe("");
    for (const text of ["[]\n", ""]) expect(await carryOver(text, [])).toBe("[]\n");
  });
});

describe("the progress of an export", () => {
  test("is drawn on a terminal's standard error once a second has passed, and wiped away", async () => {
    const terminal = useTerminal({ stdin: "x\n".repeat(30) });
    await terminal.print("add", "-");
    const plain = await terminal.print("export");
    Object.assign(terminal.setup, { terminals: ["err"], step: 1000 });
    const slow = await terminal.run("export");
    expect(slow.out).toBe(plain);
    expect(slow.err).toBe(`\rExporting ${"█".repeat(24)} 30 of 30\u001b[K\r\u001b[K`);
    terminal.setup.terminals = ["in", "out"];
    expect((await terminal.run("export")).err).toBe("");
    Object.assign(terminal.setup, { terminals: ["err"], step: 999 });
    expect((await terminal.run("export")).err).toBe("");
  });
});
