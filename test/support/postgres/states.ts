import { describe, expect, test } from "bun:test";
import type { ErrorCode } from "../../../src/domain/errors.ts";
import { createTestUser, type TestUser } from "../stores/test-user.ts";
import { refusalOf } from "../errors.ts";
import { expectDiscreet, unfold } from "../leaks.ts";
import type { Moment } from "./refusals.ts";
import type { Driver } from "./stores.ts";
import { useRefusingStore } from "./refusing-store.ts";
import { expectDone, MERGE, READ, type Trial, WRITE } from "../stores/trials.ts";

export const LOOK_FIRST = "The change may have been made all the same: look before you make it again.";
const MIGRATE = "Bring it up to date, as its owner: todo db migrate";
const CHECK_URL = "Check the URL of the database.";

/** What PostgreSQL has certainly not done, and may do when it is asked again. */
const UNDONE = ["40001", "40P01", "55P03", "53000", "53200", "53300", "57P03", "58000", "58030"];
/** The server ends the connection or breaks. In the middle of a commit nobody knows what it had done by then. */
const UNCERTAIN = ["08006", "57P01", "57P02", "XX000", "XX001"];

const LASTING: readonly (readonly [state: string, code: ErrorCode, hints?: readonly string[]])[] = [
  ["53100", "full_disk"],
  ["25006", "read_only_store"],
  ["57014", "timed_out"],
  ["25P03", "timed_out"],
  ["25P04", "timed_out"],
  ["28000", "unavailable", [CHECK_URL]],
  ["3D000", "unavailable", [CHECK_URL]],
  ["42P01", "unavailable", [MIGRATE]],
  ["42703", "unavailable", [MIGRATE]],
  ["42883", "unavailable", [MIGRATE]],
  ["3F000", "unavailable", [MIGRATE]],
  ["42501", "unavailable", [MIGRATE]],
  ["22P02", "internal"],
  ["23505", "internal"],
  ["42601", "internal"],
  ["P0001", "internal"],
];

/** Some of each kind, for all that is not a read. */
const SOME = new Set(["40001", "53300", ...UNCERTAIN, "53100", "25006", "57014", "42501", "23505"]);

/** Where the server can refuse what is tried, and for which errors that is seen. */
const MOMENTS: readonly (readonly [name: string, moment: Moment, trial: Trial, isSeen: (state: string) => boolean])[] =
  [
    ["a read", "read", READ, () => true],
    ["a write", "write", WRITE, (state) => SOME.has(state)],
    ["the commit of a write", "commit", WRITE, (state) => SOME.has(state)],
    ["the commit of a merge", "commit", MERGE, (state) => SOME.has(state)],
  ];

/** What becomes of errors that PostgreSQL itself makes, whose words hold a statement and a value. */
export function describeStates(driver: Driver): void {
  const opened = useRefusingStore(driver);

  const newUser = async (): Promise<TestUser> => {
    const { store, refusing } = opened();
    await refusing.allow();
    const testUser = createTestUser(store);
    await testUser.add({ title: "before" });
    return testUser;
  };
  const refuse = async (trial: Trial, state: string, at: Moment) => {
    const { refusing } = opened();
    const testUser = await newUser();
    await refusing.refuse({ state, at, times: 1000 });
    const error = await refusalOf(trial.run(testUser));
    const attempts = await refusing.attempts();
    await refusing.allow();
    await expectDone(testUser, trial, 0);
    expectDiscreet(unfold(error));
    return { error, attempts };
  };
  /** Neon's driver sends a whole transaction at once, so that its commit is always on its way. */
  const isOpen = (state: string, at: Moment, trial: Trial) =>
    trial === WRITE && UNCERTAIN.includes(state) && (at === "commit" || driver === "neon");

  describe.each(MOMENTS)("%s", (_, at, trial, isSeen) => {
    const passing = [...UNDONE, ...UNCERTAIN].filter((state) => isSeen(state) && !isOpen(state, at, trial));
    test.each(passing)("is made again after %s until it is done", async (state) => {
      const { refusing } = opened();
      const testUser = await newUser();
      await refusing.refuse({ state, at, times: 1 });
      await trial.run(testUser);
      expect(await refusing.attempts()).toBe(2);
      await expectDone(testUser, trial);
    });

    test.each(LASTING.filter(([state]) => isSeen(state)))(
      "is given up at once after %s: %s",
      async (state, code, hints = []) => {
        const { error, attempts } = await refuse(trial, state, at);
        // A read has changed nothing, however long it took.
        const isEndedRead = state === "57014" && at === "read";
        expect(error).toMatchObject({ code: isEndedRead ? "read_timed_out" : code, hints });
        expect(attempts).toBe(1);
      },
    );
  });

  const open = MOMENTS.flatMap(([name, at, trial]) =>
    UNCERTAIN.filter((state) => isOpen(state, at, trial)).map((state) => [name, state, at, trial] as const),
  );
  test.each(open)("%s is not made again after %s, and whoever made it is told to look", async (_, state, at, trial) => {
    const { error, attempts } = await refuse(trial, state, at);
    expect(error).toMatchObject({ code: "unavailable", hints: [LOOK_FIRST] });
    expect(attempts).toBe(1);
  });
}
