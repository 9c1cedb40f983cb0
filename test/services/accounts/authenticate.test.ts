import { describe, expect, test } from "bun:test";
import type { AccountStore } from "../../../src/ports/accounts.ts";
import { TodoError } from "../../../src/domain/errors.ts";
import { createAccessTokens } from "../../../src/services/accounts/access-tokens.ts";
import { createGuard } from "../../../src/services/accounts/authenticate.ts";
import { hashSecret, makePersonalToken } from "../../../src/services/accounts/opaque-secrets.ts";
import type { Identity } from "../../../src/services/tokens/identity.ts";
import { addToken, NOW, signIn, signUp } from "../../support/accounts/drafts.ts";
import { useMemoryStores } from "../../support/accounts/stores.ts";
import { refusalOf } from "../../support/errors.ts";

const openStores = useMemoryStores();

const OTHER: Identity = {
  user: "ben",
  issuer: null,
  email: null,
  name: null,
  scopes: null,
  expiresAt: 1,
  session: null,
};

const AWAY = new TodoError("unavailable", "the store is away");

/** Somebody with a session and a program, and a guard that counts how often it looks. */
async function concurrentStores(alter: (accounts: AccountStore) => Partial<AccountStore> = () => ({})) {
  const { accounts } = await openStores();
  const account = await signUp(accounts);
  const session = await signIn(accounts, account);
  const text = makePersonalToken();
  const program = await addToken(accounts, account, { hash: hashSecret(text), usedAt: NOW });
  const clock = { now: NOW };
  const looks: string[] = [];
  const counted: AccountStore = {
    ...accounts,
    findSession: (id, now) => {
      looks.push("session");
      return accounts.findSession(id, now);
    },
    findToken: (hash, now) => {
      looks.push("token");
      return accounts.findToken(hash, now);
    },
    ...alter(accounts),
  };
  const tokens = createAccessTokens(["nD2mK9vQx7RfT4sWbY1zHc8LgJp3EuAo"]);
  const others = (header: string | null | undefined) => {
    looks.push(`others: ${header}`);
    return OTHER;
  };
  const guard = createGuard(counted, tokens, { others, now: () => clock.now });
  const ask = async (token: string) => guard.authenticate(`Bearer ${token}`);
  const access = await tokens.sign({ account: account.id, session: session.id }, NOW);
  return { accounts, account, session, program, text, clock, looks, guard, ask, access };
}

describe("the guard", () => {
  test("says whom a device's token names, and what it may", async () => {
    const { account, session, ask, access } = await concurrentStores();
    expect(await ask(access)).toEqual({
      user: account.id,
      issuer: "todo",
      email: account.email,
      name: null,
      scopes: null,
      expiresAt: NOW / 1000 + 900,
      session: session.id,
    });
  });

  test("says whom a program's token names, and what it may", async () => {
    const { account, ask, text } = await concurrentStores();
    expect(await ask(text)).toEqual({
      user: account.id,
      issuer: "todo",
      email: account.email,
      name: null,
      scopes: ["tasks:read", "tasks:write"],
      expiresAt: null,
      session: null,
    });
  });

  test.each([
    undefined,
    null,
    "",
    "Bearer",
    "Bearer x",
    "Bearer  todo_pat_x",
    "Basic todo_pat_x",
    " Bearer todo_pat_x",
  ])("leaves %j to others, whole", async (header) => {
    const { guard, looks } = await concurrentStores();
    expect(await guard.authenticate(header)).toBe(OTHER);
    expect(looks).toEqual([`others: ${header}`]);
  });

  test("leaves no token of ours to others, however bad it is", async () => {
    const { ask, access, looks } = await concurrentStores();
    for (const token of [`${access}A`, "todo_pat_", "todo_pat_nonsense"]) {
      expect((await refusalOf(ask(token))).message).toBe("the token is not valid");
    }
    expect(looks.filter((look) => look.startsWith("others"))).toEqual([]);
  });

  test("looks once a second, for all who ask at once", async () => {
    const { clock, looks, ask, access, text } = await concurrentStores();
    for (const wait of [0, 999, 1, 999]) {
      clock.now += wait;
      await Promise.all(Array.from({ length: 20 }, (_, at) => ask(at % 2 === 0 ? access : text)));
    }
    expect(looks.toSorted()).toEqual(["session", "session", "token", "token"]);
  });

  type People = Awaited<ReturnType<typeof concurrentStores>>;

  test.each<[string, (accounts: AccountStore, people: People) => Promise<unknown>, readonly string[]]>([
    ["a session", (accounts, { session }) => accounts.endSession({ id: session.id }, NOW), ["session"]],
    ["a token", (accounts, { account, program }) => accounts.removeToken(account.id, program.id), ["token"]],
    [
      "what a new password ends",
      (accounts, { account, session }) =>
        accounts.setPassword({ account: account.id, hash: "x", now: NOW, keep: session.id }),
      ["session", "token"],
    ],
    ["an account", (accounts, { account }) => accounts.deleteAccount(account.id), ["session", "token"]],
    ["a disabled account", (accounts, { account }) => accounts.setDisabled(account.id, NOW), ["session", "token"]],
  ])("looks again after the end of %s, also where nobody knows whether that was done", async (_, end, looked) => {
    const failing = () => Promise.reject(AWAY);
    const methods = ["endSession", "removeToken", "setPassword", "deleteAccount", "setDisabled"];
    const broken: Partial<AccountStore> = Object.fromEntries(methods.map((method) => [method, failing]));
    for (const alter of [() => ({}), () => broken]) {
      const people = await concurrentStores(alter);
      const { guard, looks, ask, access, text } = people;
      await Promise.all([ask(access), ask(text)]);
      looks.length = 0;
      await end(guard.accounts, people).catch(() => undefined);
      await Promise.allSettled([ask(access), ask(text)]);
      expect(looks.toSorted()).toEqual([...looked]);
    }
  });

  test("does not look again after somebody ended what was not there", async () => {
    const { guard, looks, account, ask, access, text } = await concurrentStores();
    await Promise.all([ask(access), ask(text)]);
    looks.length = 0;
    await guard.accounts.endSession({ id: crypto.randomUUID() }, NOW);
    await guard.accounts.removeToken(account.id, crypto.randomUUID());
    await Promise.all([ask(access), ask(text)]);
    expect(looks).toEqual([]);
  });

  test("believes nothing that was looked up before a session ended and came after it", async () => {
    const [looked, late] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let isFirst = true;
    const { guard, ask, access, session } = await concurrentStores((accounts) => ({
      findSession: async (id, now) => {
        const found = await accounts.findSession(id, now);
        looked.resolve();
        if (isFirst) await late.promise;
        isFirst = false;
        return found;
      },
    }));
    const before = ask(access);
    await looked.promise;
    await guard.accounts.endSession({ id: session.id }, NOW);
    late.resolve();
    expect((await before).session).toBe(session.id);
    expect((await refusalOf(ask(access))).message).toBe("the token is not valid");
  });

  test("believes nothing that was looked up while a session ended", async () => {
    const gate = Promise.withResolvers<void>();
    const { guard, ask, access, session } = await concurrentStores((accounts) => ({
      endSession: async (by, now) => {
        await gate.promise;
        return accounts.endSession(by, now);
      },
    }));
    const ending = guard.accounts.endSession({ id: session.id }, NOW);
    expect((await ask(access)).session).toBe(session.id);
    gate.resolve();
    await ending;
    expect((await refusalOf(ask(access))).message).toBe("the token is not valid");
  });

  test("tells a store that is away from a token that is bad, and asks it again", async () => {
    let isAway = true;
    const { ask, access, text } = await concurrentStores((accounts) => ({
      findSession: async (id, now) => {
        if (isAway) throw AWAY;
        return accounts.findSession(id, now);
      },
      findToken: async (hash, now) => {
        if (isAway) throw AWAY;
        return accounts.findToken(hash, now);
      },
    }));
    for (const token of [access, text]) expect(await refusalOf(ask(token))).toBe(AWAY);
    isAway = false;
    expect([(await ask(access)).session === null, (await ask(text)).session]).toEqual([false, null]);
  });

  test("looks at the clock for a token that it has verified before", async () => {
    const { clock, ask, access } = await concurrentStores();
    await ask(access);
    clock.now = NOW + 900_000;
    expect((await refusalOf(ask(access))).message).toBe("the token has expired");
  });
});
