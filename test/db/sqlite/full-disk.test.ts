import { describe, expect, test } from "bun:test";
import { dirname } from "node:path";
import type { ErrorCode } from "../../../src/domain/errors.ts";
import { useChildren } from "../../support/children/child.ts";
import type { DiskReport } from "../../support/children/fill-disk.ts";
import type { GroupReport } from "../../support/children/fill-disk-in-groups.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";
import { hasSmallDisks, smallDisk, smallFiles } from "../../support/disks/small-disk.ts";

const freshPath = useFreshPaths();
const run = useChildren();

type Place = {
  readonly name: string;
  readonly wrap: (folder: string) => string[];
  readonly spare: number;
  readonly code: ErrorCode;
  /** Seconds after which it may have space again. */
  readonly retryAfter: number | undefined;
};

/** Containers without namespaces can't have a small disk, so there only the limit is tried. */
const PLACES = (
  [
    { name: "a small disk", wrap: smallDisk, spare: 300_000, code: "full_disk", retryAfter: 30 },
    {
      name: "a limit on the size of files",
      wrap: () => smallFiles,
      spare: 0,
      code: "io_failed",
      retryAfter: undefined,
    },
  ] satisfies Place[]
).slice(hasSmallDisks(dirname(freshPath())) ? 0 : 1);

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

describe("a disk that becomes full under many writes at once", () => {
  const fillInGroups = async ({ wrap, spare }: Place, kind: string): Promise<GroupReport> => {
    const folder = dirname(freshPath());
    const child = run("fill-disk-in-groups.ts", [folder, String(spare), kind], { wrap: wrap(folder) });
    return JSON.parse(await child.lastLine());
  };

  test.each(PLACES)("by $name fails all that share a commit, and keeps all that were answered for", async (place) => {
    const report = await fillInGroups(place, "small");
    const { code, retryAfter } = place;
    const failures = report.failing.map((end) => [end?.code, end?.retryAfter]);
    expect(failures).toEqual(Array.from({ length: 20 }, () => [code, retryAfter]));
    expect(report.answered).toBeGreaterThan(0);
    expect(report).toMatchObject({ kept: report.answered, problems: [] });
    if (place.code === "full_disk") expect(report.afterwards).toEqual([null, null]);
  });

  test.each(PLACES)("by $name in the middle of a large one is survived by the next", async (place) => {
    const report = await fillInGroups(place, "large");
    // Those before it share its end, unless the machine was so slow that they had a commit of their own.
    const codes = report.failing.map((end) => end?.code);
    expect(codes.slice(codes.indexOf(place.code), 4)).not.toContain(undefined);
    expect(codes.slice(3)).toEqual([place.code, undefined, undefined, undefined]);
    expect(report).toMatchObject({ kept: report.answered, problems: [], afterwards: [null, null, null] });
  });
});

/** Only a disk can become free again, and only a disk is full for all files. */
function expectRecovery(report: DiskReport): void {
  expect(report.fresh).toMatchObject({ code: "full_disk" });
  expect(report.litter).toEqual([]);
  expect(report.afterwards).toBeNull();
}
