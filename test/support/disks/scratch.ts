import { afterAll } from "bun:test";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A fresh folder for one test file, removed after its last test. Answers the path of a name in it. */
export function useScratch(): (...names: string[]) => string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "todo-test-")));
  afterAll(() => {
    // A folder that a test locked can't be emptied by anyone but root.
    Bun.spawnSync(["chmod", "-R", "u+rwx", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return (...names) => join(folder, ...names);
}

/** Paths of databases that are not there yet, each in a folder of its own, so that what lies beside it can be seen. */
export function useFreshPaths(): () => string {
  const scratch = useScratch();
  return () => {
    const folder = scratch(crypto.randomUUID());
    mkdirSync(folder);
    return join(folder, "todo.db");
  };
}
