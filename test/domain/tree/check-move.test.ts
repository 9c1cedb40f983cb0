import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  checkDependencyEnds,
  checkMove,
  checkRepeating,
  type PlacedTask,
} from "../../../src/domain/tree/check-move.ts";
import { effectiveParents } from "../../../src/domain/tree/effective-parents.ts";
import { refusal } from "../../support/errors.ts";

type Given = { readonly parent?: string; readonly register?: string; readonly isRepeating?: boolean };

function task(id: string, { parent, register = "1", isRepeating = false }: Given = {}): PlacedTask {
  const title = id.toUpperCase();
  return { id, title, parent: parent ?? null, parentRegister: register + id, isRepeating, isDeleted: false };
}

/** A root and so many below it, each under the one before. */
function chain(prefix: string, length: number): PlacedTask[] {
  return Array.from({ length }, (_, at) => task(`${prefix}${at + 1}`, at === 0 ? {} : { parent: `${prefix}${at}` }));
}

describe("a move under a parent", () => {
  test("is fine where it makes no ring and the tree stays small", () => {
    checkMove([...chain("a", 15), task("new")], ["new"], "a15");
    checkMove([...chain("a", 8), ...chain("b", 8)], ["b1"], "a8");
  });

  test("is refused below itself", () => {
    const error = refusal(() => checkMove([task("a")], ["a"], "a"));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe('"A" can\'t be below itself');
  });

  test("is refused below what is below it, and says what to move first", () => {
    const error = refusal(() => checkMove(chain("a", 3), ["a1"], "a3"));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe('"A1" can\'t be below "A3", which is below it');
    expect(error.hints).toEqual(['Move "A3" to another place first.']);
  });

  test("is refused where it would be the ignored edge of a ring that another device left behind", () => {
    const tasks = [task("a", { parent: "b" }), task("b", { parent: "c" }), task("c", { parent: "a", register: "9" })];
    expect(effectiveParents(tasks).parents.get("c")).toBeNull();
    expect(refusal(() => checkMove([...tasks, task("d", { parent: "c" })], ["a"], "d")).code).toBe("invalid_input");
  });

  test("of several is refused where one of them is above the parent", () => {
    const tasks = [...chain("a", 2), task("x")];
    expect(refusal(() => checkMove(tasks, ["x", "a1"], "a2")).message).toContain('"A1" can\'t be below "A2"');
  });

  test("is refused at level 17, of the task itself or of what is below it", () => {
    const [alone, below] = [
      refusal(() => checkMove([...chain("a", 16), task("new")], ["new"], "a16")),
      refusal(() => checkMove([...chain("a", 8), ...chain("b", 9)], ["b1"], "a8")),
    ];
    expect(alone.code).toBe("invalid_input");
    expect(alone.message).toBe("subtasks can go 16 levels deep, this would be level 17");
    expect(below.message).toBe(alone.message);
  });

  test("is not refused because of a deep tree that it has nothing to do with", () => {
    checkMove([...chain("deep", 20), task("a"), task("new")], ["new"], "a");
  });

  test("is refused where a repeating task would be below another, at any level", () => {
    const series = task("series", { isRepeating: true });
    const between = task("between", { parent: "series" });
    const repeating = task("daily", { isRepeating: true });
    const holder = [task("holder"), task("daily", { parent: "holder", isRepeating: true })];
    const error = refusal(() => checkMove([series, between, repeating], ["daily"], "between"));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe('"DAILY" repeats and can\'t be below "SERIES", which repeats too');
    expect(refusal(() => checkMove([series, ...holder], ["holder"], "series")).message).toBe(error.message);
    checkMove([series, task("once")], ["once"], "series");
    checkMove([task("once"), repeating], ["daily"], "once");
  });

  test("that is not refused makes no ring, for two thousand random trees", () => {
    const ids = ["a", "b", "c", "d", "e", "f"];
    const anyTasks = fc
      .tuple(...ids.map(() => fc.tuple(fc.option(fc.constantFrom(...ids), { nil: undefined }), fc.nat(9))))
      .map((rows) =>
        rows.map(([parent, at], row) => task(ids[row] ?? "", { register: String(at), ...(parent && { parent }) })),
      );
    let refused = 0;
    fc.assert(
      fc.property(anyTasks, fc.constantFrom(...ids), fc.constantFrom(...ids), (tasks, moved, parent) => {
        const after = tasks.map((each) => (each.id === moved ? { ...each, parent, parentRegister: "~" } : each));
        const works = effectiveParents(after).parents.get(moved) === parent;
        if (works) return checkMove(tasks, [moved], parent);
        refused += 1;
        expect(refusal(() => checkMove(tasks, [moved], parent)).code).toBe("invalid_input");
      }),
      { numRuns: 2_000, seed: 20_261_121 },
    );
    expect(refused).toBeGreaterThan(200);
  });
});

test("a task that would repeat is refused below one that does, and above one", () => {
  const error = refusal(() =>
    checkRepeating([task("a", { isRepeating: true }), task("b"), task("c", { isRepeating: true })], "recurrence"),
  );
  expect(error.message).toBe('"A" repeats and can\'t be below "C", which repeats too');
  expect(error.issues[0]?.path).toBe("recurrence");
  checkRepeating([task("a", { isRepeating: true }), task("b")], "parent");
});

describe("a dependency", () => {
  test("on another task is fine, and on fifty", () => {
    checkDependencyEnds(task("a"), [task("b")], "depends_on");
    checkDependencyEnds(task("a", { isRepeating: true }), chain("b", 50), "depends_on");
  });

  test("on the task itself is refused", () => {
    const error = refusal(() => checkDependencyEnds(task("a"), [task("b"), task("a")], "depends_on"));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe('"A" can\'t wait for itself');
  });

  test("on a series is refused", () => {
    const error = refusal(() => checkDependencyEnds(task("a"), [task("b", { isRepeating: true })], "depends_on"));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe('no task can wait for "B", which repeats');
  });

  test("on more than fifty is refused", () => {
    const error = refusal(() => checkDependencyEnds(task("a"), chain("b", 51), "depends_on"));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toBe("a task can wait for 50 others, these would be 51");
  });
});
