import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { openSqlite } from "../../../src/db/sqlite/database.ts";
import { addToken, signIn, signUp } from "../../support/accounts/drafts.ts";
import { useFreshPaths } from "../../support/disks/scratch.ts";
import { newId, OPENING } from "../../support/stores/test-user.ts";

const freshPath = useFreshPaths();

/** How often each of the texts is in the bytes of a database and of the file beside it. */
function countTexts(path: string, texts: readonly string[]): number[] {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file, "latin1"));
  return texts.map((text) => files.join("").split(text).length - 1);
}

/** An account in a file with tasks of every size, which are changed once and don't go all at once, and what is secret about it. */
async function openAccount() {
  const path = freshPath();
  const opened = openSqlite(path);
  const account = await signUp(opened.accounts, { email: "mona.lisa@example.org" });
  const session = await signIn(opened.accounts, account);
  const token = await addToken(opened.accounts, account);
  const write = (fields: (index: number) => Record<string, string>, ids: readonly string[]) =>
    opened.store.commit(account.id, {
      action: "edit",
      now: OPENING,
      edits: ids.map((id, index) => ({ id, fields: fields(index) })),
    });
  const ids = Array.from({ length: 60 }, () => newId());
  await write((index) => ({ title: `smile ${index}`, description: "enigma ".repeat(index * 100) }), ids);
  await write((index) => ({ title: `frown ${index}` }), ids.slice(0, 30));
  const secrets = ["smile", "frown", "enigma", account.email, account.passwordHash, session.token, token.hash];
  return { path, opened, account, secrets };
}

describe("a deleted account", () => {
  test("is in no byte of the file, nor of the one beside it, once its deletion is answered", async () => {
    const { path, opened, account, secrets } = await openAccount();
    expect(countTexts(path, secrets).filter((count) => count === 0)).toEqual([]);
    await opened.accounts.deleteAccount(account.id);
    expect(countTexts(path, secrets)).toEqual(secrets.map(() => 0));
    await opened.store.close();
  });

  test("is in none of the file when the last one who reads it is done", async () => {
    const { path, opened, account, secrets } = await openAccount();
    const reader = openSqlite(path);
    await reader.store.count(account.id, []);
    await opened.accounts.deleteAccount(account.id);
    await reader.store.close();
    await opened.store.close();
    expect(countTexts(path, secrets)).toEqual(secrets.map(() => 0));
  });
});

describe("a purged task", () => {
  test("is in no byte of the file that is closed, and neither is what it was before", async () => {
    const { path, opened, account } = await openAccount();
    const page = await opened.store.find(account.id, { where: [] });
    await opened.store.commit(account.id, {
      action: "delete",
      now: OPENING,
      edits: page.tasks.map(({ id }) => ({ id, fields: { deleted_at: "2026-11-20T09:00:00.000Z" } })),
    });
    expect(await opened.sync.purge(account.id, OPENING + 1000)).toBe(60);
    await opened.store.close();
    expect(countTexts(path, ["smile", "frown", "enigma", account.email])).toEqual([0, 0, 0, expect.any(Number)]);
  });
});
