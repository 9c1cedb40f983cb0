import { describe, expect, test } from "bun:test";
import { dirname } from "node:path";
import { useChildren } from "../support/child.ts";
import type { DiskReport } from "../support/fill-disk.ts";
import { useFreshPaths } from "../support/scratch.ts";

const freshPath = useFreshPaths();
const run = useChildren();

/** A mebibyte that only the command and its children see, in a folder. Needs no root where users may have namespaces. */
function smallDisk(folder: string): string[] {
  return ["unshare", "-r", "-m", "sh", "-c", 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"', folder];
}

/** Files of 200 KiB at most: what a quota does, and what works everywhere. */
const smallFiles = ["sh", "-c", 'trap "" XFSZ && ulimit -f 400 && exec "$@"', "sh"];

function hasSmallDisks(): boolean {
  if (!Bun.which("unshare")) return false;
  return Bun.spawnSync([...smallDisk(dirname(freshPath())), "true"], { stderr: "ignore" }).success;
}

/** Containers without namespaces can't have a small disk, so there only the limit is tried. */
const PLACES = [
  { name: "a small disk", wrap: smallDisk, spare: 300_000, code: "full_disk" },
  { name: "a limit on the size of files", wrap: () => smallFiles, spare: 0, code: "io_failed" },
].slice(hasSmallDisks() ? 0 : 1);

describe("a disk that becomes full", () => {
  test.each(PLACES)("by $name loses no task that was answered for", async ({ wrap, spare, code }) => {
    const path = freshPath();
    const child = run("fill-disk.ts", [dirname(path), String(spare)], { wrap: wrap(dirname(path)) });
    const report: DiskReport = JSON.parse(await child.lastLine());
    for (const failure of [report.error, report.many]) {
      expect(failure).toMatchObject({ code, message: expect.stringContaining(`${path}: `) });
      expect(failure?.hints).not.toEqual([]);
    }
    expect(report.answered).toBeGreaterThan(0);
    expect(report).toMatchObject({ kept: report.answered, problems: [], sameBytes: true });
    if (code === "full_disk") expectRecovery(report);
  });
});

/** Only a disk can become free again, and only a disk is full for all files. */
function expectRecovery(report: DiskReport): void {
  expect(report.fresh).toMatchObject({ code: "full_disk" });
  expect(report.litter).toEqual([]);
  expect(report.afterwards).toBeNull();
}
