import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { handleOf } from "../../../src/domain/task/handle.ts";
import type { Registers, Scalar } from "../../../src/domain/task/registers.ts";
import { stampFields } from "../../../src/domain/task/registers.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { ON_A_TERMINAL, openTerminal, type Setup } from "../../support/cli/terminal.ts";
import { OPENING } from "../../support/stores/test-user.ts";
import { CLOCKS } from "../../support/tasks/registers.ts";

const ID = "019a9f3c-51c8-7000-8000-00000000abcd";
const HANDLE = handleOf(ID);
/** What a terminal would obey, apart from the end of a line. */
const OBEYED = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const HOSTILE = "\u001b[31m\u009b0m\u007f\u0085\u200e\u200f\u061c\u2028\u2029\u202e\u2066\r\n\t";

const COMMANDS = [
  ["list", "status:all"],
  ["list", "status:all", "--json"],
  ["list", "status:all", "--ndjson"],
  ["list", "--sort", "due_date"],
  ["today"],
  ["upcoming"],
  ["tree"],
  ["tree", "--json"],
  ["list", "is:waiting"],
  ["completed"],
  ["completed", "week", "--json"],
  ["show", HANDLE],
  ["show", HANDLE, "--json"],
  ["log"],
  ["log", "--json"],
  ["log", HANDLE, "--ndjson"],
  ["export", "--deleted"],
  ["export", "--deleted", "--ndjson"],
  ["tags"],
  ["tags", "--json"],
  ["tags", "--ndjson"],
  ["tags", "--quiet"],
  ["projects"],
  ["projects", "--json"],
] as const;
const CHANGES = [["undo", "--json"], ["undo"]] as const;

const value = fc.oneof(
  fc.constantFrom(
    "",
    HOSTILE,
    "nonsense",
    "2026-13-45",
    "2026-11-2\n",
    "+275761-01-01T00:00:00Z",
    "high",
    "2026-11-21",
    "2026-11-21T09:00",
    "due 2026-11-23 FREQ=DAILY",
    "done 2026-11-23T09:00[Europe/Berlin] FREQ=WEEKLY",
    "moon 2026-11-23 FREQ=LUNAR",
    ID,
  ),
  fc.string({ unit: "binary", maxLength: 8 }).map((text) => text.toWellFormed().replaceAll("\0", "")),
  fc.constantFrom(true, false, null, 0, -1.5, 1e21),
);
const key = fc.oneof(
  fc.constantFrom("title", "description", "due_date", "priority", "project", "created_at", "completed_at"),
  fc.constantFrom("recurrence", "occurrence", "series", "parent", "rank", "skipped", "cancelled", "done_for"),
  fc.constantFrom("wait_until", "scheduled_date", "started_at", "estimate", "note:", `note:${ID}`, `note:${HOSTILE}`),
  fc.constantFrom(`dep:${ID}`, "dep:x", "remind:-PT30M", "remind:soon", "time:2026-11:a1b2c3d4", "time:x"),
  fc.constantFrom("deleted_at", "tag:a", `tag:${HOSTILE}`, "tag:", "later", `later${HOSTILE}`, "__proto__"),
);
const anyFields = fc.dictionary(key, value, { maxKeys: 8 }).filter((fields) => Object.keys(fields).length > 0);
/** Registers of a writer that knows no rule. */
const broken = fc.constantFrom("", "\u001b", `${CLOCKS[0]}\u001b[2J`, `${CLOCKS[0]}"\u001b"`, `${CLOCKS[0]}[1]`, '"x"');
const anyBroken = fc.dictionary(key, broken, { maxKeys: 3 });

describe("whatever the fields of a task hold", () => {
  test("each command that prints tasks does so, and no terminal obeys a part of it", async () => {
    await fc.assert(
      fc.asyncProperty(anyFields, anyBroken, async (fields, wrong) => {
        await withTask({ ...stampFields(fields, CLOCKS[1]), ...wrong }, fields, {}, async (run) => {
          for (const command of [...COMMANDS, ...CHANGES]) await run(command);
        });
      }),
      { numRuns: 25 },
    );
  });

  test("what repeats is shown where it names no occurrence and no task", async () => {
    const fields = { title: "a", recurrence: "due 2026-11-23 FREQ=DAILY", occurrence: "2026-13-45", series: "x" };
    await withTask(stampFields(fields, CLOCKS[1]), { "note:x": "b" }, {}, async (run) => {
      for (const command of COMMANDS) await run(command);
      expect(await run(["show", HANDLE])).toMatch(/repeats +every day\n/);
    });
  });

  test("the editor opens on it, and saving the text unchanged changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(anyFields, async (fields) => {
        const living = { ...fields, deleted_at: null };
        await withTask(stampFields(living, CLOCKS[1]), {}, ON_A_TERMINAL, async (run) => {
          expect(await run(["edit", HANDLE])).toBe("Nothing was changed.\n");
        });
      }),
      { numRuns: 25 },
    );
  });

  test.each(["created_at", "completed_at", "deleted_at", "due_date"])(
    "a %s that is no moment is shown",
    async (field) => {
      await withTask(stampFields({ title: "a", [field]: "soon\u009b" }, CLOCKS[1]), {}, {}, async (run) => {
        expect(await run(["show", HANDLE])).toMatch(/ soon\\u\{9b\}\n/);
      });
    },
  );
});

/** Runs commands on a database with the task. Each must succeed. Answers what it printed. */
async function withTask(
  registers: Registers,
  fields: Readonly<Record<string, Scalar>>,
  setup: Partial<Setup>,
  use: (run: (command: readonly string[]) => Promise<string>) => Promise<void>,
): Promise<void> {
  const terminal = openTerminal({ ...setup, env: { NO_COLOR: "1", EDITOR: "ed" } });
  try {
    const store = terminal.store();
    await store.merge(LOCAL_USER, [{ id: ID, registers }]);
    await store.commit(LOCAL_USER, { action: "edit", now: OPENING, edits: [{ id: ID, fields }] });
    await use(async (command) => {
      const { code, out, err } = await terminal.run(...command);
      const shown = { command, code, obeyed: OBEYED.exec(out + err)?.[0], err: code === 0 ? "" : err };
      expect(shown).toEqual({ command, code: 0, obeyed: undefined, err: "" });
      if (command.includes("--json")) expect(() => JSON.parse(out)).not.toThrow();
      return out + err;
    });
  } finally {
    await terminal.close();
  }
}
