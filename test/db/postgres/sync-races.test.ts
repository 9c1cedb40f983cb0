import { describe, expect, test } from "bun:test";
import { signUp } from "../../support/accounts/drafts.ts";
import type { ByHand } from "../../support/postgres/altered-store.ts";
import { refusalOf } from "../../support/errors.ts";
import { arriving, bring, createFollower } from "../../support/sync/following.ts";
import { useStoresByHand } from "../../support/postgres/by-hand.ts";
import { useSharedDatabase } from "../../support/postgres/shared.ts";
import { GATE, waiting } from "../../support/postgres/gate.ts";
import { queryPostgres } from "../../support/postgres/query.ts";
import { untilSessions, whileUncommitted } from "../../support/postgres/sessions.ts";

const shareDatabase = useSharedDatabase();
const openByHand = useStoresByHand(1);

/** Somebody with one task that a follower has, or others, before and while a writer has written and not committed. */
async function whileWriting<Result>(
  write: (late: ByHand, user: string) => Promise<unknown>,
  work: (opened: {
    readonly prompt: ByHand;
    readonly user: string;
    readonly url: string;
    readonly follower: ReturnType<typeof createFollower>;
    /** Lets the writer commit. */
    readonly commit: () => Promise<unknown>;
  }) => Promise<Result>,
  tasks = [arriving({ title: "before" })],
): Promise<Result> {
  const { url, appUrl } = await shareDatabase();
  const [late, prompt] = [openByHand(appUrl, waiting), openByHand(appUrl)];
  const { id: user } = await signUp(prompt.accounts);
  const follower = createFollower(user);
  await follower.pull(prompt.sync, 10, tasks);
  return whileUncommitted({ url, statement: GATE }, async (takeBack) => {
    const writing = write(late, user);
    await untilSessions(url, "waiting", 1);
    const commit = async () => {
      await takeBack();
      await writing;
    };
    return work({ prompt, user, url, follower, commit });
  });
}

/** Waits until what was begun stands behind the writer. */
async function behindWriter<Result>(
  url: string,
  begun: Promise<Result>,
  commit: () => Promise<unknown>,
): Promise<PromiseSettledResult<Result>> {
  const ended = Promise.allSettled([begun]);
  await untilSessions(url, "waiting", 2);
  await commit();
  return (await ended)[0];
}

const task = arriving({ title: "in between" });

const WRITES: readonly (readonly [name: string, write: (late: ByHand, user: string) => Promise<unknown>])[] = [
  ["an exchange", ({ sync }, user) => bring(sync, user, [task])],
  ["a merge", ({ store }, user) => store.merge(user, [task])],
  [
    "an edit",
    ({ store }, user) =>
      store.commit(user, { action: "add", now: 1, edits: [{ id: task.id, fields: { title: "x" } }] }),
  ],
];

describe("what another writer has written and not committed", () => {
  test.each(WRITES)("by %s is waited for by who brings something, and in that page", async (_, write) => {
    await whileWriting(write, async ({ prompt, url, follower, commit }) => {
      const pulling = follower.pull(prompt.sync, 10, [arriving({ title: "mine" })]);
      const ended = await behindWriter(url, pulling, commit);
      expect(ended).toMatchObject({ status: "fulfilled", value: { tasks: [{ id: task.id }], more: false } });
      expect(follower.tasks.size).toBe(3);
    });
  });

  test.each(WRITES)("by %s is not in the page of who only reads, and then in the next one", async (_, write) => {
    await whileWriting(write, async ({ prompt, follower, commit }) => {
      const early = await follower.pull(prompt.sync, 10);
      expect([early.tasks, early.more]).toEqual([[], false]);
      await commit();
      expect(await follower.pull(prompt.sync, 10)).toMatchObject({ tasks: [{ id: task.id }], more: false });
    });
  });
});

describe("a purge that is not committed", () => {
  const deleted = arriving({ title: "gone", deleted_at: "2026-11-20T09:00:00.000Z" });
  const tasks = [arriving({ title: "kept" }), deleted];
  const purge = ({ sync }: ByHand, user: string) => sync.purge(user, Date.UTC(2100, 0));

  test("is waited for by who brings an edit of what it removes, which is refused then", async () => {
    await whileWriting(
      purge,
      async ({ prompt, user, url, commit }) => {
        const half = arriving({ title: "half" }, { id: deleted.id, later: 9 });
        const late = { arrivals: [half], after: 1, limit: 10, now: 0, purgedUpTo: 0 };
        const refused = refusalOf(prompt.sync.exchange(user, late));
        expect(await behindWriter(url, refused, commit)).toMatchObject({ value: { code: "cursor_expired" } });
        expect(await prompt.store.get(user, [deleted.id])).toEqual([]);
      },
      tasks,
    );
  });

  test("is waited for by another one, which removes nothing more", async () => {
    await whileWriting(
      purge,
      async ({ prompt, user, url, commit }) => {
        const counted = await behindWriter(url, purge(prompt, user), commit);
        expect(counted).toMatchObject({ status: "fulfilled", value: 0 });
        expect((await prompt.sync.precheck(user, { head: null, arrivals: [] })).purgedUpTo).toBe(2);
      },
      tasks,
    );
  });

  test("waits itself for an edit that is not committed, and leaves what that restores", async () => {
    await whileWriting(
      ({ sync }, user) => bring(sync, user, [arriving({ deleted_at: null }, { id: deleted.id, later: 9 })]),
      async ({ prompt, user, url, commit }) => {
        expect(await behindWriter(url, purge(prompt, user), commit)).toMatchObject({ value: 0 });
        expect((await prompt.store.get(user, [deleted.id])).map(({ title }) => title)).toEqual(["gone"]);
        expect((await prompt.sync.precheck(user, { head: null, arrivals: [] })).purgedUpTo).toBe(0);
      },
      tasks,
    );
  });
});

test("two first exchanges of somebody who was never there, at the same time, both bring what they have", async () => {
  const { url, appUrl } = await shareDatabase();
  const [late, prompt] = [openByHand(appUrl, waiting), openByHand(appUrl)];
  const user = `user-${crypto.randomUUID()}`;
  const [one, other] = [arriving({ title: "one" }), arriving({ title: "other" })];
  await whileUncommitted({ url, statement: GATE }, async (takeBack) => {
    const first = bring(late.sync, user, [one]);
    await untilSessions(url, "waiting", 1);
    const second = bring(prompt.sync, user, [other]);
    await untilSessions(url, "waiting", 2);
    await takeBack();
    expect(await first).toMatchObject({ tasks: [], head: { revision: 1 } });
    expect(await second).toMatchObject({ tasks: [{ id: one.id, revision: 1 }], head: { revision: 2 } });
  });
  const { tasks } = await bring(prompt.sync, user, []);
  expect(tasks.map(({ id }) => id)).toEqual([one.id, other.id]);
});

describe("the end of an account", () => {
  const rowsOf = async (user: string) =>
    queryPostgres(
      (await shareDatabase()).url,
      `select 'task' from tasks where user_id = '${user}' union all select 'head' from heads where user_id = '${user}'`,
    );

  test("while an exchange is on its way leaves nothing of that", async () => {
    await whileWriting(
      ({ sync }, user) => bring(sync, user, [task]),
      async ({ prompt, user, url, commit }) => {
        const ended = await behindWriter(url, prompt.accounts.deleteAccount(user), commit);
        expect(ended.status).toBe("fulfilled");
        expect(await rowsOf(user)).toEqual([]);
      },
    );
  });

  test("that is not committed is waited for by an exchange, which is refused then", async () => {
    await whileWriting(
      ({ accounts }, user) => accounts.deleteAccount(user),
      async ({ prompt, user, url, commit }) => {
        const refused = refusalOf(bring(prompt.sync, user, [task]));
        expect(await behindWriter(url, refused, commit)).toMatchObject({ value: { code: "unauthorized" } });
        expect(await rowsOf(user)).toEqual([]);
      },
    );
  });
});
