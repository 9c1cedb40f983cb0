import { expect, test } from "bun:test";
import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { openTerminal } from "../support/cli/built-terminal.ts";
import { only } from "../support/stores/test-user.ts";
import { useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

/**
 * As vim does with `:!tail -f FILE`, then the user changes the title and saves. It is tail itself that shows the text: until
 * bash has become the command that it runs, it ignores Ctrl-\.
 */
const EDITOR = `#!/bin/bash
trap : INT QUIT
echo RUNNING > "$0.txt"
tail -f "$0.txt"
sed -i s/first/second/ "$1"
`;

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-\\", "\u001c"],
])("%s in the editor ends what runs there, and the edit is saved", async (_, key) => {
  const home = newHome();
  await home.print("add", "first");
  const { handle } = only(await home.tasks());
  const editor = home.path("work", "editor");
  writeFileSync(editor, EDITOR);
  chmodSync(editor, 0o755);
  const terminal = openTerminal(home, { args: ["edit", handle], env: { EDITOR: editor } });
  await terminal.shows("RUNNING");
  terminal.press(key);
  expect(await terminal.ended).toMatchObject({ exitCode: 0, signal: null });
  expect(only(await home.tasks()).title).toBe("second");
  expect(readdirSync(home.path("tmp"))).toEqual([]);
});
