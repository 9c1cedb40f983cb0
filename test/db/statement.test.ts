import { describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { tasks } from "../../src/db/sqlite/schema.ts";
import { createWriter } from "../../src/db/statement.ts";

const write = createWriter({ pick: ({ postgres }) => postgres, mark: (place) => `$${place}` });

describe("a statement", () => {
  test("has a mark for each value, also of the templates in it", () => {
    const mine = sql`user_id = ${"someone"}`;
    const { text, params } = write(sql`select ${1}, ${null}, ${true} from ${sql.raw("tasks")} where ${mine}`);
    expect(text).toBe("select $1, $2, $3 from tasks where user_id = $4");
    expect(params).toEqual([1, null, true, "someone"]);
  });

  test("takes what its placeholders stand for each time that it is used", () => {
    const query = sql`select ${sql.placeholder("id")}, ${"x"}`;
    expect(write(query, { id: "1" }).params).toEqual(["1", "x"]);
    expect(write(query, { id: "2" }).params).toEqual(["2", "x"]);
  });

  test("is refused where nobody says what a placeholder stands for, which would be null without a word", () => {
    const query = sql`select ${sql.placeholder("id")}`;
    expect(() => write(query)).toThrow("was not told its id");
    expect(() => write(query, { name: "x" })).toThrow("was not told its id");
  });

  test.each<[string, unknown]>([
    ["a column", tasks.id],
    ["a table", tasks],
    ["an identifier", sql.identifier("id")],
    ["a parameter with an encoder", sql.param("x")],
    ["nothing", undefined],
    ["a list", ["a", "b"]],
    ["a date", new Date(0)],
    ["bytes", new Uint8Array(1)],
    ["a big integer", 1n],
  ])("is refused with %s in it, which would be a parameter without a word", (_, chunk) => {
    expect(() => write(sql`select ${chunk} from tasks`)).toThrow("name tables and columns in the text");
  });
});
