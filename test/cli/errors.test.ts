import { describe, expect, test } from "bun:test";
import { expectGolden, listGolden } from "../support/cli/golden.ts";
import { useScratch } from "../support/disks/scratch.ts";
import { type Ended, type Terminal, useTerminals } from "../support/cli/terminal.ts";
import { formatRun } from "../support/cli/transcript.ts";
import { COMMAND_LINE_ERRORS } from "./errors/command-line.ts";
import type { ErrorCase } from "./errors/error-case.ts";
import { FIELD_ERRORS } from "./errors/fields.ts";
import { listFileErrors } from "./errors/files.ts";
import { TASK_ERRORS } from "./errors/tasks.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const CASES: readonly ErrorCase[] = [
  ...COMMAND_LINE_ERRORS,
  ...FIELD_ERRORS,
  ...TASK_ERRORS,
  ...listFileErrors(scratch("files")),
];

describe("what a user is told when something is wrong", () => {
  test.each(CASES.map((one): [string, ErrorCase] => [one.name, one]))("%s", async (name, one) => {
    const { text, before, after } = await fail(one, one.argv);
    const json = await fail(one, asJson(one.argv));
    const shown = `${formatRun(one.argv, text)}\n${formatRun(asJson(one.argv), json.text)}`;
    expectGolden(`errors/${name}.txt`, one.hide === undefined ? shown : shown.replaceAll(one.hide, "/scratch"));
    expect([text.code, json.text.code]).toEqual([one.exit, one.exit]);
    expect([text.out, json.text.out]).toEqual(["", ""]);
    expect(after).toEqual(before);
  });

  test("begins with the program's name and what failed, then what to do, indented", async () => {
    for (const one of CASES.filter(({ argv }) => !argv.includes("--ndjson"))) {
      const { err } = (await fail(one, one.argv)).text;
      const [first = "", ...hints] = err.trimEnd().split("\n");
      expect(first).toMatch(/^todo: \S/);
      // A mark stands under what is wrong in a filter.
      for (const hint of hints) expect(hint).toMatch(/^ {2}(?:\S| *\^+$)/);
    }
  });

  test("is one line of JSON for programs", async () => {
    for (const one of CASES) {
      const { err } = (await fail(one, asJson(one.argv))).text;
      expect(err.trimEnd().split("\n")).toHaveLength(1);
      const { error }: { error: unknown } = JSON.parse(err);
      const place = { at: expect.any(Number), length: expect.any(Number) };
      const isMarked = Object.keys(Object(error)).includes("at");
      expect(error).toEqual({
        code: expect.any(String),
        message: expect.any(String),
        hints: expect.any(Array),
        ...(isMarked && place),
      });
    }
  });

  test("has a golden file for each case and no other", () => {
    expect(listGolden("errors")).toEqual(CASES.map(({ name }) => `${name}.txt`).toSorted());
  });
});

async function fail(
  one: ErrorCase,
  argv: readonly string[],
): Promise<{ readonly text: Ended; readonly before: unknown; readonly after: unknown }> {
  const terminal = openTerminal(one.setup);
  await one.given?.(terminal);
  const before = await photograph(terminal);
  const text = await terminal.run(...argv);
  return { text, before, after: await photograph(terminal) };
}

/** Everything that a command could have written. */
async function photograph(terminal: Terminal): Promise<unknown> {
  return [await terminal.tasks(), await terminal.store().history("local", {})];
}

function asJson([first = "", ...rest]: readonly string[]): string[] {
  return [first, "--json", ...rest];
}
