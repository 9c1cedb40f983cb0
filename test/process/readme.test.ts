import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import manifest from "../../package.json";
import { type Ended, type Home, useHomes } from "../support/cli/home.ts";
import { type Block, matchesOutput, namedScripts, readBlocks, readScenes } from "../support/cli/readme.ts";

// The README's blocks: `sh run` is run, `console` is run and its output compared, `sh setup` names scripts of package.json.

const newHome = useHomes();
const README = resolve(import.meta.dir, "../../README.md");

function readReadme(): Block[] {
  if (!existsSync(README)) throw new Error(`${README} is not there, so nothing tells a new user how to begin`);
  return readBlocks(readFileSync(README, "utf8"));
}

/** Runs a text as a user's shell would, errors beside the output as on a terminal. */
function runText(home: Home, text: string): Promise<Ended> {
  return home.shell(`exec 2>&1\nset -euo pipefail\n${text}`, { env: { TODO_DB: undefined, XDG_DATA_HOME: undefined } });
}

/** Says which block of the README does not do what it says, and where; null when all do. */
async function runBlock(home: Home, block: Block): Promise<string | null> {
  const place = `README.md:${block.line}`;
  if (block.info === "sh run") {
    const { exitCode, out } = await runText(home, block.text);
    return exitCode === 0 ? null : `${place} ended with ${exitCode}:\n${out}`;
  }
  for (const { command, expected } of readScenes(block)) {
    const { out } = await runText(home, command);
    if (!matchesOutput(expected, out)) return `${place}: $ ${command}\nshould print\n${expected}\nbut printed\n${out}`;
  }
  return null;
}

async function runBlocks(home: Home, blocks: readonly Block[]): Promise<string[]> {
  const problems: string[] = [];
  for (const block of blocks) {
    if (block.info !== "sh run" && block.info !== "console") continue;
    const problem = await runBlock(home, block);
    if (problem !== null) problems.push(problem);
  }
  return problems;
}

describe("the README", () => {
  test("has commands, and each does what it says when a new user types them from top to bottom", async () => {
    const blocks = readReadme();
    expect(blocks.filter(({ info }) => info === "sh run" || info === "console")).not.toEqual([]);
    expect(await runBlocks(newHome(), blocks)).toEqual([]);
  });

  test("sets up with scripts that are in package.json", () => {
    const setups = readReadme().filter(({ info }) => info === "sh setup");
    expect(setups).not.toEqual([]);
    for (const { text } of setups) {
      expect(namedScripts(text)).not.toEqual([]);
      expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(namedScripts(text)));
    }
  });
});

describe("a README that has rotted", () => {
  const FENCE = "```";

  test.each([
    ["a command that fails", "sh run", "todo add fine\ntodo nonsense\ntodo list", /^README.md:1 ended with 2/],
    ["a pipe that fails", "sh run", "todo nonsense | cat", /ended with 2/],
    ["a variable that nobody set", "sh run", "todo list $nowhere", /ended with 1/],
    [
      "other output",
      "console",
      "$ todo add Pay rent\nAdded …  Pay bills",
      /should print\nAdded …  Pay bills\nbut printed\nAdded/,
    ],
    ["output that is not mentioned", "console", "$ todo add Pay rent\n$ todo list", /but printed\nAdded/],
    ["no output", "console", "$ todo list\nkqv  Pay rent", /but printed\n$/],
  ])("is found: %s", async (_, info, text, problem) => {
    const problems = await runBlocks(newHome(), readBlocks([FENCE + info, text, FENCE].join("\n")));
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  test("is told from one that is right", async () => {
    const text = [
      "# Tasks",
      `${FENCE}sh run`,
      "todo add Pay rent due:2040-11-21 \\",
      "  +home",
      FENCE,
      `${FENCE}console`,
      "$ todo list",
      "…  Wed 21 Nov 2040  Pay rent  +home",
      "$ todo nonsense",
      "todo: unknown command 'nonsense'",
      "…",
      FENCE,
      `${FENCE}sh`,
      "exit 1",
      FENCE,
    ];
    expect(await runBlocks(newHome(), readBlocks(text.join("\n")))).toEqual([]);
  });

  test("has its set-up commands understood, with and without bun", () => {
    expect(namedScripts("npx -y bun@1.4.4 run setup\ncd x && bun run test:vectors; bun install")).toEqual([
      "setup",
      "test:vectors",
    ]);
  });
});
