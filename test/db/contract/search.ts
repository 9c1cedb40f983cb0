import { describe, expect, test } from "bun:test";
import { shareTestUser } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

const TASKS = [
  { title: "Ärger mit dem Zoll" },
  { title: "Das ärgert mich" },
  { title: "Argwohn" },
  { title: "ПОЗВОНИТЬ МАМЕ" },
  { title: "100% done" },
  { title: "1000 done" },
  { title: "snake_case" },
  { title: "snakeXcase" },
  { title: "back\\slash" },
  { title: 'say "hi"' },
  { title: "it's" },
  { title: "🦊 fox" },
  { title: "notes", description: "a CAFÉ\nin Paris" },
  { title: "two\nlines" },
  { title: "ᲗᲑᲘᲚᲘᲡᲘ" },
];

const CASES: readonly (readonly [name: string, text: string, titles: readonly string[]])[] = [
  ["without case", "ARG", ["Argwohn"]],
  ["without case beyond ASCII, in lower case", "ärger", ["Ärger mit dem Zoll", "Das ärgert mich"]],
  ["without case beyond ASCII, in upper case", "ÄRGER", ["Ärger mit dem Zoll", "Das ärgert mich"]],
  ["without case in other scripts", "мамЕ", ["ПОЗВОНИТЬ МАМЕ"]],
  ["however an accent is typed", "A\u0308rger", ["Ärger mit dem Zoll", "Das ärgert mich"]],
  ["in the description too", "café", ["notes"]],
  ["across lines", "TWO\nlines", ["two\nlines"]],
  ["for a percent sign, which stands for itself", "100%", ["100% done"]],
  ["for a percent sign alone", "%", ["100% done"]],
  ["for an underscore, which stands for itself", "e_c", ["snake_case"]],
  ["for a backslash", "\\", ["back\\slash"]],
  ["for a star, which stands for itself", "*", []],
  ["for quotes", '"HI"', ['say "hi"']],
  ["for an apostrophe", "'", ["it's"]],
  ["for an emoji", "🦊", ["🦊 fox"]],
  ["in the middle of a word", "gwoh", ["Argwohn"]],
  ["for a name of a field and finds no task by it", "description", []],
  ["for capitals that Unicode has not long had, as they stand", "ᲑᲘᲚ", ["ᲗᲑᲘᲚᲘᲡᲘ"]],
  ["for nothing and finds everything", "", TASKS.map(({ title }) => title)],
];

export function describeSearch(newUser: NewUser): void {
  describe("searching for a text", () => {
    const filledDesk = shareTestUser(newUser, TASKS);

    test.each(CASES)("looks %s", async (_, text, titles) => {
      const testUser = await filledDesk();
      expect(await testUser.titles([{ kind: "text", text }])).toEqual(titles.toSorted());
    });
  });
}
