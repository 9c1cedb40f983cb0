import { describe, expect, test } from "bun:test";
import { joinSmallPages } from "../../../src/cli/output/list-lines.ts";
import type { Task } from "../../../src/domain/task/task.ts";
import { TASK } from "../../support/tasks/task.ts";

function makePages(...sizes: readonly number[]): readonly (readonly Task[])[] {
  return sizes.map((size, page) => Array.from({ length: size }, (_, at) => ({ ...TASK, title: `${page}.${at}` })));
}

describe("the pages of a list", () => {
  test.each([
    [[], []],
    [[0], []],
    [[1, 2], [3]],
    [
      [200, 1],
      [200, 1],
    ],
    [
      [150, 150, 1, 2],
      [300, 3],
    ],
  ])("of %p tasks are laid out as pages of %p, in their order", async (sizes, expected) => {
    const pages = makePages(...sizes);
    const joined = await Array.fromAsync(joinSmallPages(pages));
    expect(joined.map((page) => page.length)).toEqual(expected);
    expect(joined.flat()).toEqual(pages.flat());
  });

  test("are not waited for once there are enough to measure", async () => {
    let asked = 0;
    async function* read() {
      for (const page of makePages(100, 100, 100)) {
        asked += 1;
        yield page;
      }
    }
    await joinSmallPages(read()).next();
    expect(asked).toBe(2);
  });
});
