import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { withFileLock } from "../../../src/cli/platform/private-files.ts";
import { refusalOf } from "../../support/errors.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const scratch = useScratch();

/** Makes a lock as it is some seconds after somebody took it. */
function takeLock(name: string, seconds: number): string {
  const lock = `${scratch(name)}.lock`;
  makeOld(lock, seconds);
  return lock;
}

function makeOld(path: string, seconds: number): void {
  writeFileSync(path, "");
  const then = Date.now() / 1000 - seconds;
  utimesSync(path, then, then);
}

describe("work that is done alone", () => {
  test("begins when the work before it has ended, however that ended", async () => {
    const seen: string[] = [];
    const work = (name: string) =>
      withFileLock(scratch("turns"), async () => {
        seen.push(`begin ${name}`);
        await Bun.sleep(15);
        seen.push(`end ${name}`);
        if (name === "b") throw new Error("b failed");
        return name;
      });
    const outcomes = await Promise.allSettled(["a", "b", "c"].map(work));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(seen.filter((_, index) => index % 2 === 0).map((said) => said.replace("begin", "end"))).toEqual(
      seen.filter((_, index) => index % 2 === 1),
    );
    expect(readdirSync(scratch())).not.toContain("turns.lock");
  });

  test("does not hold up work with another path", async () => {
    const inner = await withFileLock(scratch("one"), () => withFileLock(scratch("other"), async () => "both"));
    expect(inner).toBe("both");
  });

  test("has a lock that only its owner can read", async () => {
    const mode = await withFileLock(scratch("mode"), async () => statSync(scratch("mode.lock")).mode & 0o777);
    expect(mode).toBe(0o600);
  });

  test.each([11, 3600, -11, -3600])("does not wait for who was killed %d seconds ago by the clock", async (seconds) => {
    const lock = takeLock(`stale${seconds}`, seconds);
    expect(await withFileLock(scratch(`stale${seconds}`), async () => "done")).toBe("done");
    expect(existsSync(lock)).toBe(false);
  });

  test("does not wait either for who was killed while it took such a lock away", async () => {
    for (const name of ["twice.lock", "twice.lock.stale"]) makeOld(scratch(name), 11);
    expect(await withFileLock(scratch("twice"), async () => "done")).toBe("done");
    expect(readdirSync(scratch()).filter((name) => name.startsWith("twice"))).toEqual([]);
  });

  test("waits for who may still be at work", async () => {
    takeLock("fresh", 9);
    const work = withFileLock(scratch("fresh"), async () => "done");
    expect(await Promise.race([work, Bun.sleep(100)])).toBeUndefined();
    takeLock("fresh", 11);
    expect(await work).toBe("done");
  });

  test("is refused where there is no folder for its lock", async () => {
    const path = scratch("nowhere", "x");
    expect(await refusalOf(withFileLock(path, async () => "done"))).toMatchObject({
      code: "io_failed",
      message: `${path}: there is no such file`,
    });
  });
});
