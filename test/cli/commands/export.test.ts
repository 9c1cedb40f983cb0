import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { checkPatch, draftFields } from "../../../src/domain/task/fields.ts";
import type { Edit } from "../../../src/ports/store.ts";
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

async function live(terminal: Terminal, lives: readonly Life[]): Promise<void> {
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
      const property = fc.asyncProperty(anyLives, async (lives) => {
        const terminal = openTerminal();
        try {
          await live(terminal, lives);
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
    const property = fc.asyncProperty(anyLives, async (lives) => {
      const terminal = openTerminal();
      try {
        await live(terminal, lives);
        terminal.setup.stdin = await terminal.print("export", "--deleted");
        const [log, tasks] = [await terminal.print("log", "--json"), await terminal.tasks()];
        expect(await terminal.print("import", "--allow-empty", "-")).toBe(
          `Imported 0 new, 0 changed, ${lives.length} unchanged.\n`,
        );
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
