/**
 * Presses Tab in the real shells of this machine: `bun scripts/check-shells.ts`. The tests do so in bash alone, because zsh
 * and fish are not everywhere. Fails where a shell completes something wrong, and says which shells were not there.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createShellSandbox, furnish, type ShellSandbox, WORK_FILE } from "../test/support/cli/shell-sandbox.ts";
import { keysOf, TYPED_LINES } from "../test/support/cli/typed-lines.ts";
import { SETUPS, type Setup, typeInto } from "../test/support/cli/typing.ts";

/** What is wrong in one shell, in one sentence each. */
async function checkShell(setup: Setup, sandbox: ShellSandbox): Promise<string[]> {
  const problems: string[] = [];
  for (const [line, ...expected] of TYPED_LINES) {
    const { words, screen } = await typeInto(setup, sandbox, keysOf(line));
    if (!Bun.deepEquals(words, expected)) {
      problems.push(`${line} became ${JSON.stringify(words)}, not ${JSON.stringify(expected)}:\n${screen}`);
    }
    if (!Bun.deepEquals(sandbox.work(), [WORK_FILE])) problems.push(`${line} left ${sandbox.work().join(", ")} behind`);
  }
  const { screen } = await typeInto(setup, sandbox, keysOf("todo done ⇥⇥"));
  if (!screen.includes("Pay rent")) problems.push(`no title beside the handles:\n${screen}`);
  return problems;
}

async function checkInSeat(setup: Setup): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "todo-shells-"));
  try {
    const sandbox = createShellSandbox(folder);
    furnish(sandbox);
    const problems = await checkShell(setup, sandbox);
    for (const problem of problems) console.error(`${setup.name}: ${problem}`);
    console.log(`${setup.name} (${version(setup)}): ${problems.length} problems in ${TYPED_LINES.length + 1} lines`);
    return problems.length === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function version({ command: [shell] }: Setup): string {
  return Bun.spawnSync([shell, "--version"]).stdout.toString().split("\n")[0] ?? "";
}

let sound = true;
for (const setup of SETUPS) {
  if (Bun.which(setup.command[0]) === null) console.log(`${setup.name}: NOT CHECKED, it is not installed here`);
  else sound = (await checkInSeat(setup)) && sound;
}
if (!sound) process.exit(1);
