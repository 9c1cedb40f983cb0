import { describe, expect, test } from "bun:test";
import { createMemory } from "../../../src/services/accounts/cached-loader.ts";
import { refusalOf } from "../../support/errors.ts";
import { TodoError } from "../../../src/domain/errors.ts";

/** A memory whose loads the test ends. */
function open() {
  const clock = { now: 1_000_000 };
  const loads: {
    readonly key: string;
    readonly end: (value: string) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const load = (key: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    loads.push({ key, end: resolve, fail: reject });
    return promise;
  };
  return { clock, loads, ...createMemory(load, { maxAgeMs: 1000, now: () => clock.now }) };
}

const FAILURE = new TodoError("unavailable", "the store is away");

describe("a memory", () => {
  test("loads once for all who ask meanwhile, and for those who come in time", async () => {
    const { clock, loads, get } = open();
    const asked = Promise.all(Array.from({ length: 20 }, async () => get("a")));
    expect(loads).toHaveLength(1);
    loads[0]?.end("loaded");
    expect(await asked).toEqual(Array.from({ length: 20 }, () => "loaded"));
    clock.now += 999;
    expect(get("a")).toBe("loaded");
    clock.now += 1;
    const again = get("a");
    expect(loads).toHaveLength(2);
    loads[1]?.end("loaded anew");
    expect(await again).toBe("loaded anew");
    expect(get("a")).toBe("loaded anew");
  });

  test("counts from when it began to load, not from when that came", async () => {
    const { clock, loads, get } = open();
    const asked = get("a");
    clock.now += 999;
    loads[0]?.end("old");
    expect(await asked).toBe("old");
    clock.now += 1;
    void get("a");
    expect(loads).toHaveLength(2);
  });

  test("does not trust a clock that is set back", async () => {
    const { clock, loads, get } = open();
    const asked = get("a");
    loads[0]?.end("loaded");
    await asked;
    clock.now -= 1000;
    void get("a");
    expect(loads).toHaveLength(2);
  });

  test("keeps what belongs to each key apart", async () => {
    const { loads, get } = open();
    const asked = Promise.all(["a", "__proto__", "constructor", ""].map(async (key) => get(key)));
    for (const { key, end } of loads) end(`of ${key}`);
    expect(await asked).toEqual(["of a", "of __proto__", "of constructor", "of "]);
  });

  test("tells all who ask of a failure, and keeps none", async () => {
    const { loads, get } = open();
    const asked = [get("a"), get("a")].map((each) => refusalOf(Promise.resolve(each)));
    loads[0]?.fail(FAILURE);
    expect(await Promise.all(asked)).toEqual([FAILURE, FAILURE]);
    const again = get("a");
    expect(loads).toHaveLength(2);
    loads[1]?.end("loaded");
    expect(await again).toBe("loaded");
  });

  test("forgets all, also what is loaded at that moment", async () => {
    const { loads, get, forgetAll } = open();
    const [one, other] = [get("a"), get("b")];
    loads[0]?.end("of before");
    await one;
    forgetAll();
    // Who asked before is told what was so before.
    loads[1]?.end("of before");
    expect(await other).toBe("of before");
    const asked = ["a", "b"].map(async (key) => get(key));
    expect(loads.map(({ key }) => key)).toEqual(["a", "b", "a", "b"]);
    for (const { end } of loads) end("of after");
    expect(await Promise.all(asked)).toEqual(["of after", "of after"]);
    expect([get("a"), get("b")]).toEqual(["of after", "of after"]);
  });

  test("forgets one, and keeps the others", async () => {
    const { loads, get, forget } = open();
    const asked = ["a", "b"].map(async (key) => get(key));
    for (const { end } of loads) end("of before");
    await Promise.all(asked);
    forget("a");
    forget("c");
    expect(get("b")).toBe("of before");
    void get("a");
    expect(loads.map(({ key }) => key)).toEqual(["a", "b", "a"]);
  });

  test("keeps a new load where an older one of the same key fails after it", async () => {
    const { loads, get, forget } = open();
    const old = refusalOf(Promise.resolve(get("a")));
    forget("a");
    const fresh = get("a");
    loads[0]?.fail(FAILURE);
    expect(await old).toBe(FAILURE);
    loads[1]?.end("loaded");
    expect(await fresh).toBe("loaded");
    expect(get("a")).toBe("loaded");
    expect(loads).toHaveLength(2);
  });

  test("holds 50,000 and forgets the one that was not asked for longest", async () => {
    const loads: string[] = [];
    const { get } = createMemory(
      async (key) => {
        loads.push(key);
        return key;
      },
      { maxAgeMs: 1000, now: () => 0 },
    );
    await get("old");
    await get("known");
    for (let at = 0; at < 49_998; at += 1) void get(String(at));
    await get("known");
    await get("one more");
    await get("old");
    await get("known");
    expect(loads.filter((key) => !/^\d+$/.test(key))).toEqual(["old", "known", "one more", "old"]);
  });
});
