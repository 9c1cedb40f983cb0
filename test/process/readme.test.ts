import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import manifest from "../../package.json";
import { show } from "../support/cli/built-terminal.ts";
import { type Home, type Order, useHomes } from "../support/cli/home.ts";
import {
  type Block,
  type Handles,
  matchOutput,
  namedScripts,
  nameTasks,
  readBlocks,
  readScenes,
} from "../support/cli/readme.ts";
import { startServer } from "../support/server/server.ts";

// The README's blocks: `sh run` is run, `console` is run in a terminal and its output compared, `sh setup` names scripts
// of package.json.

const newHome = useHomes();
const ROOT = resolve(import.meta.dir, "../..");

function readReadme(name = "README.md"): Block[] {
  const path = resolve(ROOT, name);
  if (!existsSync(path)) throw new Error(`${path} is not there, so nothing tells a new user how to begin`);
  return readBlocks(readFileSync(path, "utf8"));
}

/** A text as a user's shell runs it, with errors beside the output as on a terminal. */
function orderText(text: string): Order {
  return {
    command: "bash",
    args: ["-c", `exec 2>&1\nset -euo pipefail\n${text}`],
    env: { TODO_DB: undefined, XDG_DATA_HOME: undefined },
  };
}

/** Says how a block with output differs from what is printed; null if it does not. Adds to the handles of the README. */
async function compareScenes(home: Home, block: Block, handles: Map<string, string>): Promise<string | null> {
  for (const { command, expected } of readScenes(block)) {
    const { screen } = await show(home, orderText(nameTasks(command, handles)));
    const printed = matchOutput(expected, screen, handles);
    if (printed === null)
      return `README.md:${block.line}: $ ${command}\nshould print\n${expected}\nbut printed\n${screen}`;
    for (const [handle, task] of await findTasks(home, printed)) handles.set(handle, task);
  }
  return null;
}

/** The whole handles of tasks. One that is unique now may not be when there are more tasks. */
async function findTasks(home: Home, handles: Handles): Promise<Handles> {
  const whole = new Map<string, string>();
  for (const [handle, printed] of handles) {
    const { out } = await home.run(orderText(`todo show --quiet ${printed}`));
    whole.set(handle, out.trim());
  }
  return whole;
}

/** Says which blocks of the README don't do what they say, and where. */
async function runBlocks(home: Home, blocks: readonly Block[]): Promise<string[]> {
  const handles = new Map<string, string>();
  const problems: (string | null)[] = [];
  for (const block of blocks) {
    if (block.info === "console") problems.push(await compareScenes(home, block, handles));
    if (block.info !== "sh run") continue;
    const { exitCode, out } = await home.run(orderText(block.text));
    if (exitCode !== 0) problems.push(`README.md:${block.line} ended with ${exitCode}:\n${out}`);
  }
  return problems.filter((problem) => problem !== null);
}

describe("the README", () => {
  test.each(["README.md", "docs/lists.md", "docs/reminders.md"])(
    "(%s) has commands, and each does what it says when a new user types them from top to bottom",
    async (name) => {
      const blocks = readReadme(name);
      expect(blocks.filter(({ info }) => info === "sh run" || info === "console")).not.toEqual([]);
      expect(await runBlocks(newHome(), blocks)).toEqual([]);
    },
  );

  test.skipIf(!Bun.which("curl"))("has requests that the server of one's own list answers", async () => {
    const requests = readReadme().find(({ text }) => text.startsWith("curl "))?.text ?? "";
    const home = newHome();
    const { port } = await startServer(home);
    const script = requests
      .replaceAll("localhost:8787", `localhost:${port}`)
      .replaceAll("curl ", "curl --silent --fail ");
    expect(await home.shell(`set -e\n${script}`)).toMatchObject({ exitCode: 0 });
    expect(await home.tasks()).toMatchObject([{ title: "Buy stamps" }]);
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
    ["no output", "console", "$ todo list\nkqv  Pay rent", /but printed\nNothing to do/],
    [
      "a day where none is",
      "console",
      "$ todo add Pay rent\nAdded kqv  Pay rent  due Sat 21 Nov",
      /but printed\nAdded/,
    ],
    ["no day where one is", "console", "$ todo add Pay rent due:today\nAdded kqv  Pay rent", /but printed\nAdded/],
    [
      "the handle of another task",
      "console",
      "$ todo add one due:today\nAdded kqv  one  due …\n$ todo add two\nAdded bzx  two\n$ todo list\nbzx …\nkqv …",
      /but printed\n.*\n.*two/,
    ],
  ])("is found: %s", async (_, info, text, problem) => {
    const problems = await runBlocks(newHome(), readBlocks([FENCE + info, text, FENCE].join("\n")));
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  test("is told from one that is right", async () => {
    const text = [
      "# Tasks",
      `${FENCE}sh run`,
      "todo add --quiet Pay rent due:2040-11-21 \\",
      "  +home",
      FENCE,
      `${FENCE}console`,
      "$ todo list",
      "kqv  7 Jan 2030  Pay rent      +home",
      "$ todo done kqv",
      "Done kqv  Pay rent  due Mon 7 Jan 2030  +home",
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
