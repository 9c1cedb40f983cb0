import { describe, expect, test } from "bun:test";
import { MAX_PROFILE_BYTES, MAX_PROFILE_ENTRIES } from "../../../src/domain/profile.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import { tagProfile } from "../../../src/services/sync/profile.ts";
import { arriving, type ConcurrentSyncStores } from "../../support/sync/following.ts";
import { createCaller } from "./exchange-contract.ts";

const FAR = "01ffffffffff0000a1b2c3d4";

/** What an exchange says of what is the user's and no task's. */
export function describeExchangedProfile(concurrentStores: ConcurrentSyncStores): void {
  describe("a profile", () => {
    const open = () => {
      const caller = createCaller(concurrentStores);
      const draft = (fields: Fields, later = 0) => arriving(fields, { later }).registers;
      const bring = (changes = {}, tag = tagProfile(changes)) => caller.ask({ profile: { tag, changes } });
      return { ...caller, draft, bring };
    };

    test("is taken from one replica, and given to another that has none", async () => {
      const { bring, draft } = open();
      const entries = draft({ "filter:errands": "+home", "context:work": "+work" });
      expect(await bring(entries)).toMatchObject({ rejected: [], changes: [] });
      expect((await bring()).profile).toEqual(entries);
    });

    test("is not answered to who has it, nor to who does not ask for it", async () => {
      const { ask, bring, draft } = open();
      const entries = draft({ "filter:errands": "+home" });
      expect(await bring(entries)).not.toContainKey("profile");
      expect(await bring({}, tagProfile(entries))).not.toContainKey("profile");
      expect(await ask()).not.toContainKey("profile");
    });

    test("is merged entry by entry, and the same exchange again writes nothing", async () => {
      const { bring, draft } = open();
      await bring(draft({ "filter:a": "old", "filter:b": "b" }));
      const { head } = await bring(draft({ "filter:a": "new" }, 1000));
      const { profile, head: again } = await bring(draft({ "filter:a": "new" }, 1000));
      expect(again).toBe(head);
      expect(profile).toEqual({ ...draft({ "filter:b": "b" }), ...draft({ "filter:a": "new" }, 1000) });
    });

    test("advances the head, so that others hear of it", async () => {
      const { ask, bring, draft } = open();
      const { head } = await ask();
      expect((await bring(draft({ "filter:a": "x" }))).head).toBeGreaterThan(head);
    });

    test.each([
      ["a value that is no text", { "filter:a": 1 }, "filter:a"],
      ["a name that is too long", { [`filter:${"a".repeat(200)}`]: "x" }, `filter:${"a".repeat(200)}`],
    ])("loses an entry with %s, which is named, and holds up nothing else", async (_, wrong, field) => {
      const { sync, user, ask, draft } = open();
      const [task, entries] = [arriving({ title: "Milk" }), draft({ ...wrong, "filter:b": "x" })];
      const { rejected, accepted } = await ask({ changes: [task], profile: { tag: "", changes: entries } });
      expect(rejected).toMatchObject([{ id: "profile", code: "invalid_input" }]);
      expect(field).toStartWith(rejected[0]?.field.replace(/…$/, "") ?? "-");
      expect(accepted).toBe(1);
      expect(Object.keys((await sync.precheck(user, { head: null, arrivals: [] })).profile)).toEqual(["filter:b"]);
    });

    test("that is too large is refused by the names of what has no room, and holds up nothing else", async () => {
      const { ask, bring, draft } = open();
      const many = Array.from({ length: MAX_PROFILE_ENTRIES + 2 }, (_, place) => [`filter:${1000 + place}`, "x"]);
      const few = draft({ "filter:large": "x".repeat(MAX_PROFILE_BYTES), "filter:small": "x" });
      expect((await bring(few)).rejected.map(({ field }) => field)).toEqual(["filter:large"]);
      const { rejected, accepted } = await ask({
        changes: [arriving({ title: "Milk" })],
        profile: { tag: "", changes: draft(Object.fromEntries(many)) },
      });
      expect(rejected.map(({ id, field }) => `${id} ${field}`)).toEqual(
        [1199, 1200, 1201].map((n) => `profile filter:${n}`),
      );
      expect(accepted).toBe(1);
    });

    test("that is full can still be changed where it does not grow", async () => {
      const { bring, draft } = open();
      await bring(draft({ "filter:a": "x".repeat(MAX_PROFILE_BYTES - 100) }));
      const { rejected } = await bring(draft({ "filter:a": null }, 1000));
      expect(rejected).toEqual([]);
    });

    test("of a clock that is ahead is refused like a task's edit, before anything is merged", async () => {
      const { ask, refusedFor } = open();
      const changes = { "filter:a": `${FAR}"x"` };
      expect(await refusedFor({ changes: [arriving({ title: "Milk" })], profile: { tag: "", changes } })).toBe(
        "clock_skew",
      );
      expect((await ask()).changes).toEqual([]);
    });
  });
}
