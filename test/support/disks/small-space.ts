import { afterAll } from "bun:test";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Disks of two mebibytes that every process sees, as folders that everybody may write to. They go after the last test of the file. */
export function useSmallSpaces(): () => string {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) unmount(folder);
  });
  return () => {
    const folder = mount();
    if (folder === undefined) throw new Error("this process may not mount anything");
    folders.push(folder);
    return folder;
  };
}

/** False for who is not root, and in most containers. */
export function canMakeSmallSpaces(): boolean {
  const folder = mount();
  if (folder === undefined) return false;
  unmount(folder);
  return true;
}

function mount(): string | undefined {
  if (!Bun.which("mount")) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "todo-space-"));
  chmodSync(folder, 0o755);
  const options = "size=2m,mode=777";
  if (Bun.spawnSync(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], { stderr: "ignore" }).success)
    return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

/** Also where something in it is still open, which then goes when that is closed. */
function unmount(folder: string): void {
  Bun.spawnSync(["umount", "--lazy", folder]);
  rmSync(folder, { recursive: true });
}
