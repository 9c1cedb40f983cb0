import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { stopChildren } from "./children.ts";

/** Measures in a folder of its own. What was started ends and the folder goes at the end, also after Ctrl-C. */
export async function runBench(name: string, measure: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(`${tmpdir()}/todo-bench-${name}-`);
  const cleanUp = async () => {
    await stopChildren();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void cleanUp().then(() => process.exit(1)));
  try {
    await measure(folder);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    await cleanUp();
  }
}
