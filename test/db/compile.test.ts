import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { and, eq, max, sql } from "drizzle-orm";
import { compile, given } from "../../src/db/compile.ts";
import type { Found } from "../../src/db/compiled.ts";
import { step } from "../../src/db/engine.ts";
import * as sqlite from "../../src/db/sqlite/schema.ts";

const DATABASE = join(import.meta.dir, "../../src/db");

describe("a compiled statement", () => {
  test("is plain data that says the same to both databases", () => {
    const compiled = compile(({ db, sessions }) => ({
      end: given(["id", "now"], (p) =>
        db
          .update(sessions)
          .set({ revokedAt: p.now, device: "gone" })
          .where(and(eq(sessions.id, p.id), eq(sessions.revokedAt, p.now))),
      ),
    }));
    const params = [{ value: "gone" }, "now", "id", "now"];
    expect(JSON.parse(JSON.stringify(compiled))).toEqual({
      end: {
        sqlite: {
          text: `update "sessions" set "device" = ?, "revoked_at" = ? where ("sessions"."id" = ? and "sessions"."revoked_at" = ?)`,
          params,
        },
        postgres: {
          text: `update "sessions" set "device" = $1, "revoked_at" = $2 where ("sessions"."id" = $3 and "sessions"."revoked_at" = $4)`,
          params,
        },
        numbers: [],
      },
    });
  });

  test("answers rows under the names that were selected, and says which are numbers", () => {
    const { find } = compile(({ db, sessions }) => ({
      find: given([], () =>
        db
          .select({ account: sessions.accountId, usedAt: max(sessions.usedAt), there: sql<string>`'x'` })
          .from(sessions)
          .groupBy(sessions.accountId),
      ),
    }));
    expect(find.postgres.text).toStartWith(
      `select "account_id" as "account", max("used_at") as "usedAt", 'x' as "there" from`,
    );
    expect(find.numbers).toEqual(["usedAt"]);
  });

  test("does not compile without what its placeholders stand for, or for a column that is not there", () => {
    const { find } = compile(({ db, users }) => ({
      find: given(["user"], (p) => db.select({ revision: users.revision }).from(users).where(eq(users.id, p.user))),
    }));
    expect(step(find, { user: "x" })).toEqual({ query: find, values: { user: "x" } });
    // @ts-expect-error: the placeholder is called user
    step(find, { id: "x" });
    // @ts-expect-error: the column is called revision
    expect(sqlite.users.revison).toBeUndefined();
    const row: Found<typeof find> = { revision: 1 };
    // @ts-expect-error: a revision is a number
    row satisfies { revision: string };
  });

  test("is refused with a placeholder that it does not use", () => {
    const build = () =>
      compile(({ db, users }) => ({ all: given(["user"], () => db.select({ id: users.id }).from(users)) }));
    expect(build).toThrow("all does not use: user");
  });

  test("is refused with a table among what it selects, whose columns would have one name", () => {
    const build = () => compile(({ db, users }) => ({ all: given([], () => db.select({ users }).from(users)) }));
    expect(build).toThrow("users: only columns and templates are selected");
  });
});

test.each(["sqlite/database.ts", "postgres/database.ts"])(
  "the program loads no builders and no tables of Drizzle's with %s",
  async (entry) => {
    const { metafile } = await Bun.build({
      entrypoints: [join(DATABASE, entry)],
      target: "bun",
      metafile: true,
      splitting: true,
    });
    const inputs = Object.keys(metafile?.inputs ?? {});
    expect(inputs.some((input) => input.endsWith("drizzle-orm/sql/sql.js"))).toBeTrue();
    // The tag itself asks whether something is one of PostgreSQL's enums.
    const loaded = inputs.filter((input) => /drizzle-orm\/.*-(core|proxy)\/(?!columns\/enum\.js$)/.test(input));
    expect(loaded).toEqual([]);
    expect(inputs.filter((input) => /db\/(tables|compile)\b/.test(input))).toEqual([]);
  },
);
