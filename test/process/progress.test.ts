import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { openTerminal, show } from "../support/cli/built-terminal.ts";
import { useChildren } from "../support/children/child.ts";
import { type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();
const runScript = useChildren();

const CLEARED = "\r\u001b[K";

function writeRecords(home: Home, count: number): void {
  const records = Array.from({ length: count }, (_, number) => JSON.stringify({ title: `task ${number}` }));
  writeFileSync(home.path("work", "tasks.ndjson"), records.join("\n"));
}

// Slow: more than a second must pass.
test("an import that takes longer than a second shows a bar on the terminal, and clears it", async () => {
  const home = newHome();
  writeRecords(home, 5000);
  await home.print("list");
  // Another process that writes makes it wait, on fast machines too.
  const holder = runScript("hold-lock.ts", [home.db]);
  await holder.firstLine();
  const terminal = openTerminal(home, { args: ["import", "tasks.ndjson"] });
  await Bun.sleep(1300);
  await holder.kill();
  const { exitCode, screen } = await terminal.ended;
  expect(exitCode).toBe(0);
  expect(screen).toMatch(/^\rImporting █*░+ \d+ of 5000/);
  expect(screen).toEndWith(`${CLEARED}Imported 5000 new, 0 changed, 0 unchanged.\n`);
});

test("an import that is over at once shows none", async () => {
  const home = newHome();
  writeRecords(home, 3);
  const { exitCode, screen } = await show(home, { args: ["import", "tasks.ndjson"] });
  expect({ exitCode, screen }).toEqual({ exitCode: 0, screen: "Imported 3 new, 0 changed, 0 unchanged.\n" });
});

// Slow: more than a second must pass.
test("an export into a slow pipe shows a bar on the terminal, and nothing of it gets into the pipe", async () => {
  const home = newHome();
  writeRecords(home, 3000);
  await home.print("import", "tasks.ndjson");
  const script = "set -o pipefail; todo export --ndjson | (sleep 1.3; cat > out.ndjson)";
  const { exitCode, screen } = await show(home, { command: "bash", args: ["-c", script] });
  expect(exitCode).toBe(0);
  expect(screen).toMatch(/^\rExporting █+░* \d+ of 3000/);
  expect(screen).toEndWith(CLEARED);
  const lines = (await Bun.file(home.path("work", "out.ndjson")).text()).split("\n");
  expect(lines).toHaveLength(3001);
});

// Slow: more than a second must pass.
test("where standard error is no terminal there is never a bar", async () => {
  const home = newHome();
  writeRecords(home, 3000);
  await home.print("import", "tasks.ndjson");
  const { exitCode, err } = await home.shell("set -o pipefail; todo export | (sleep 1.3; cat > /dev/null)");
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
});
