import { beforeAll, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { createShellSandbox, furnish, type ShellSandbox, WORK_FILE } from "../../support/cli/shell-sandbox.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { keysOf, TYPED_LINES } from "../../support/cli/typed-lines.ts";
import { BASH, typeInto } from "../../support/cli/typing.ts";

const scratch = useScratch();
let sandbox: ShellSandbox;

beforeAll(() => {
  sandbox = createShellSandbox(scratch());
  furnish(sandbox);
});

/** How bash asks the function of the script, here without a terminal. It says what the function asked of readline, too. */
const HARNESS = `
set -eu
eval "$(todo completion bash)"
complete -p todo >/dev/null || exit 1
COMP_WORDBREAKS=$' \\t\\n"\\'@><=;|&(:' COLUMNS=60 asked=
compopt() { asked+=" $*"; }
COMP_LINE=$1 COMP_POINT=\${2:-\${#1}} COMP_TYPE=\${3:-9}
_todo
printf '%s\\0' "$asked" "\${COMPREPLY[@]}"
`;
const LISTING = "63";

type Reply = { readonly asked: string; readonly words: readonly string[] };

async function reply(line: string, more: { readonly point?: number; readonly type?: string } = {}): Promise<Reply> {
  const args = ["-c", HARNESS, "bash", line, String(more.point ?? line.length), more.type ?? "9"];
  const child = Bun.spawn(["bash", ...args], { env: sandbox.env, cwd: sandbox.path("work"), stderr: "pipe" });
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  expect(err).toBe("");
  const [asked = "", ...words] = out.split("\0").slice(0, -1);
  return { asked: asked.trim(), words };
}

describe("bash in a terminal", () => {
  test.each(TYPED_LINES.map(([line, ...words]) => [line, words] as const))(
    "makes of %s the words %j, and runs nothing of them",
    async (line, words) => {
      const typed = await typeInto(BASH, sandbox, keysOf(line));
      if (typed.words === undefined) throw new Error(`todo was not called: ${typed.screen}`);
      expect(typed.words).toEqual(words);
      expect(sandbox.work()).toEqual([WORK_FILE]);
    },
  );

  test("lists the titles beside the handles, in the order of the list", async () => {
    const { screen } = await typeInto(BASH, sandbox, keysOf("todo done ⇥⇥"));
    expect(screen).toMatch(/[a-z]{3} {2}Pay rent.*[a-z]{3} {2}Write the plan.*[a-z]{3} {2}Read this/s);
  });

  test("goes on after Tab with `set -e`", async () => {
    const strict = { ...BASH, files: { ".bashrc": `${BASH.files[".bashrc"] ?? ""}set -e\n` } };
    expect((await typeInto(strict, sandbox, keysOf("todo ed⇥"))).words).toEqual(["edit"]);
  });

  test("completes with the installed script in a home that was empty", async () => {
    sandbox.todo("completion", "install", "bash");
    const files = { ".bashrc": `source ~/data/bash-completion/completions/todo\nPS1='READY>'\n` };
    expect((await typeInto({ ...BASH, files }, sandbox, keysOf("todo ed⇥"))).words).toEqual(["edit"]);
  });

  test("makes no database", async () => {
    const empty = {
      ...sandbox,
      env: { ...sandbox.env, TODO_DB: sandbox.path("none.db"), XDG_DATA_HOME: sandbox.path("none") },
    };
    await typeInto(BASH, empty, keysOf("todo done ⇥⇥"));
    await typeInto(BASH, { ...empty, env: { ...empty.env, TODO_DB: "" } }, keysOf("todo done ⇥⇥"));
    expect(existsSync(sandbox.path("none.db"))).toBe(false);
    expect(existsSync(sandbox.path("none"))).toBe(false);
  });
});

describe("the words that bash is given", () => {
  test.each<[string, readonly string[]]>([
    ["todo li", ["list"]],
    ["todo list --rev", ["--reverse"]],
    // What readline keeps ends with the last colon or equals sign.
    ["todo list project:S", ["Side\\ work"]],
    ["todo list not:project:S", ["Side\\ work"]],
    ["todo list --sort=t", ["title"]],
    ["todo list +a:", ["b"]],
    // Inside quotes it ends with the quote, and the rest must be fit for these quotes.
    ['todo list "project:S', ["project:Side work"]],
    ["todo list project:'S", ["Side work"]],
    ['todo list not:pro"ject:S', ["ject:Side work"]],
    ["todo list project:\\$", ["\\$\\(touch\\ harm\\)"]],
    ['todo list project:"\\$', ["\\$(touch harm)"]],
    ["todo list project:'$", ["$(touch harm)"]],
    ['todo list project:"w', [`wow"'!'" it's \\"5\\$\\" \\\\o & ;x`]],
    ["todo list project:'w", [`wow! it'\\''s "5$" \\o & ;x`]],
    ["todo list +\\`", ["+\\`touch\\$\\{IFS\\}harm\\`"]],
    // What readline keeps can't be corrected.
    ["todo list +A:", []],
    // A key stays as it is typed: in capitals, or in short.
    ["todo list PROJECT:S", ["Side\\ work"]],
    ["todo list proj:S", ["Side\\ work"]],
    ["todo completed last\\ w", ["last\\ week"]],
    ["todo completed 'last w", ["last week"]],
    ["todo list --template={ti", ["\\{title\\}"]],
    ["todo list --template '{ti", ["{title}"]],
    // A backslash inside double quotes is one where nothing behind it needs it.
    ['todo list project:"wow! it\'s \\"5\\$\\" \\o', [`wow"'!'" it's \\"5\\$\\" \\\\o & ;x`]],
    // Where the output goes is none of the words.
    ["todo completion >x ba", ["bash"]],
    ["todo completion 2> x ba", ["bash"]],
    ["todo completion 2 ba", []],
    ["todo undo ", []],
  ])("for %s are %j", async (line, words) => {
    expect((await reply(line)).words).toEqual(words);
    expect(sandbox.work()).toEqual([WORK_FILE]);
  });

  test("belong to the word at the cursor, not to what stands behind it", async () => {
    expect((await reply("todo list +ho due:friday", { point: "todo list +ho".length })).words).toEqual(["+home"]);
    expect((await reply("todo list +home", { point: "todo li".length })).words).toEqual(["list"]);
  });

  test("are files where files are meant", async () => {
    for (const line of [
      "todo import ",
      "todo --db ",
      "todo list --db=",
      "todo export > ",
      "todo export 2>",
      "todo list <",
    ]) {
      expect(await reply(line)).toEqual({ asked: "-o bashdefault -o default", words: [] });
    }
  });

  test("get no space behind a key that goes on", async () => {
    expect((await reply("todo list stat")).asked).toContain("-o nospace");
    expect((await reply("todo list over")).asked).not.toContain("nospace");
  });

  test("have their descriptions only where they are listed", async () => {
    expect((await reply("todo re")).words).toEqual(["reopen", "restore", "redo", "reminders"]);
    const { words } = await reply("todo re", { type: LISTING });
    expect(words).toEqual([
      "reopen     reopen completed or cancelled tasks",
      "restore    bring back deleted tasks",
      "redo       redo what was undone last",
      "reminders  list the reminders that fell due",
    ]);
    expect((await reply("todo reo", { type: LISTING })).words).toEqual(["reopen"]);
    const wide = await reply("todo ", { type: LISTING });
    expect(Math.max(...wide.words.map((word) => word.length))).toBeLessThan(60);
  });

  test("may correct the case of what readline will replace", async () => {
    expect((await reply("todo list project:s")).words).toEqual(["Side\\ work"]);
    expect((await reply("todo list +HO")).words).toEqual(["+home"]);
  });
});
