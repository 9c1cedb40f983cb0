import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createPaint } from "../../../src/cli/output/paint.ts";
import { COLUMN_NAMES } from "../../../src/cli/output/task-columns.ts";
import { createTemplate } from "../../../src/cli/output/template.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { ON_A_TERMINAL, useTerminals } from "../../support/cli/terminal.ts";
import { TASK } from "../../support/tasks/task.ts";

const openTerminal = useTerminals();

function openFormatter() {
  const terminal = openTerminal(ON_A_TERMINAL);
  const workspace = async () => ({ store: terminal.store(), user: LOCAL_USER, system: terminal.io.system });
  const output = { io: terminal.io, format: "text", paint: createPaint(true), workspace, isDryRun: false } as const;
  return async (template: string, ...tasks: readonly Task[]) =>
    (await Array.fromAsync(createTemplate(template)(output, [tasks]))).join("");
}

const RENT: Task = {
  ...TASK,
  description: "more",
  priority: "high",
  project: "House",
  tags: ["bank", "home"],
  dueDate: "2026-11-20T16:00:00Z",
  scheduledDate: "2026-11-21",
  waitUntil: "2026-11-24",
  recurrence: "due 2026-11-20 FREQ=MONTHLY",
  estimateMinutes: 90,
  parent: "01a1f82f-1e80-7002-8071-44f0f4bbcc94",
  notes: [{ id: "01a1f82f-1e80-7003-8143-bfb30e2d6f5a", text: "one" }],
};

describe("a template", () => {
  test.each([
    ["{title} {due}", "Pay rent today 17:00"],
    ["{handle}|{id}|{parent}", `wbb|${RENT.id}|gqn`],
    ["{priority} {project} {tags}", "high House +bank +home"],
    ["{scheduled}, {wait}, {repeats}, {estimate}", "tomorrow, Tue 24 Nov, every 20th, 1 h 30 min"],
    ["{created} {updated} [{completed}] {status} {notes}", "today today [] pending 1"],
    ["{{title}", "{title}"],
    ["{{{title}}", "{Pay rent}"],
    ["{ Title }", "Pay rent"],
    [String.raw`{title}\t{due}\n-`, "Pay rent\ttoday 17:00\n-"],
    [String.raw`a\\n\x\{title}`, String.raw`a\n\x\Pay rent`],
    ["100 % } no field", "100 % } no field"],
  ])("%p prints of a task %p", async (template, printed) => {
    expect(await openFormatter()(template, RENT)).toBe(`${printed}\n`);
  });

  test("prints a task without values with nothing in their place, and a line a task", async () => {
    const template = COLUMN_NAMES.filter(
      (name) => !["handle", "title", "created", "updated", "status", "id"].includes(name),
    )
      .map((name) => `{${name}}`)
      .join("");
    expect(await openFormatter()(`{title}:${template};`, TASK, { ...TASK, title: "Milk" })).toBe(
      "Pay rent:;\nMilk:;\n",
    );
  });

  test("says of a closed task that it is, and when", async () => {
    const closed = { ...TASK, dueDate: "2026-11-02", completedAt: "2026-11-19T09:00:00.000Z" };
    const tasks = [
      closed,
      { ...closed, cancelled: true },
      { ...closed, skipped: true },
      { ...closed, deletedAt: closed.completedAt },
    ];
    expect(await openFormatter()("{status} {completed} {due}", ...tasks)).toBe(
      ["completed", "cancelled", "skipped", "deleted"].map((state) => `${state} Thu 19 Nov Mon 2 Nov\n`).join(""),
    );
  });

  test("has one line a task, whatever its texts are, and nothing in it that a terminal obeys", async () => {
    const format = openFormatter();
    const anyText = fc.string({ unit: "binary" });
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (title, project) => {
        const printed = await format("{title} {project}", { ...TASK, title, project });
        expect(printed.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        expect(printed).toEndWith("\n");
      }),
    );
  });

  test("without braces and backslashes prints itself", async () => {
    const format = openFormatter();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
        // An empty one is refused.
        const plain = `-${text.replaceAll(/[{\\]/g, "")}`;
        expect(await format(plain, TASK)).toBe(`${plain}\n`);
      }),
    );
  });

  test.each([
    ["{titel}", '--template has no field "titel"', "Did you mean title?"],
    ["{}", '--template has no field ""', "Use {handle}, {due},"],
    ["{title", "--template has a { that no } closes", "Write {{ for a brace."],
    ["a {b {title}", "--template has a { that no } closes", "Write {{ for a brace."],
  ])("%p is refused", (template, message, hint) => {
    expect(() => createTemplate(template)).toThrow(
      expect.objectContaining({
        code: "usage",
        message,
        hints: expect.arrayContaining([expect.stringContaining(hint)]),
      }),
    );
  });
});
