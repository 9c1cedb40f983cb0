import { matchTasks } from "../../../src/domain/query/match.ts";
import { SEARCHED } from "../../../src/domain/query/query.ts";
import { describe, expect, test } from "bun:test";
import { type Fields, stampFields } from "../../../src/domain/task/registers.ts";
import { newId, shareTestUser, titleOf } from "../../support/stores/test-user.ts";
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
  { title: "İstanbul" },
  { title: "ısırgan" },
  { title: "Straße" },
  { title: "GROẞ" },
  { title: "ΟΔΥΣΣΕΥΣ" },
  { title: "Οδός" },
  { title: "a\u0328\u0301 twice".normalize("NFC") },
  { title: "q\u0307 dotted" },
  { title: "𐐀𐐁 Deseret" },
  { title: "Every good boy deserves fudge, ÄPFEL and a long rest" },
  { title: "outer", description: "Inner" },
  { title: "Œuvre, Ægir, Þór, Øre, Łódź, Đorđe, ħaġar" },
  { title: "Ὀδυσσεύς" },
  { title: "がっこう" },
  { title: "한국" },
  { title: "x\u0302\u0301 stacked" },
];

type Case = readonly [name: string, text: string, titles: readonly string[]];

const CASES: readonly Case[] = [
  ["without case", "ARGW", ["Argwohn"]],
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
  ["without accents", "arger", ["Ärger mit dem Zoll", "Das ärgert mich"]],
  ["with accents for what has none", "àrgwöhn", ["Argwohn"]],
  ["for a dotted capital I, as it stands", "İST", ["İstanbul"]],
  ["for a dotted capital I by a small i", "istan", ["İstanbul"]],
  ["for a small i with a dot that is a sign of its own", "i\u0307stanbul", ["İstanbul"]],
  ["for a small i without a dot by a capital with one", "ISIRGAN", ["ısırgan"]],
  ["for a small i without a dot, as it stands", "ısırg", ["ısırgan"]],
  ["for a sharp s, as it stands", "STRAßE", ["Straße"]],
  ["for a sharp s, small and capital", "groß", ["GROẞ"]],
  ["for a sharp s by two", "strasse", ["Straße"]],
  ...["oeuvre", "ŒUVRE", "aegir", "THOR", "ore", "lodz", "łódź", "dorde", "HAGAR"].map((text): Case => [
    `for letters of other languages: ${text}`,
    text,
    ["Œuvre, Ægir, Þór, Øre, Łódź, Đorđe, ħaġar"],
  ]),
  ["for Greek without accents", "οδυσσευς", ["ΟΔΥΣΣΕΥΣ", "Ὀδυσσεύς"]],
  ["for kana, whose marks make other letters", "かつこう", []],
  ["for kana as they stand", "がっこ", ["がっこう"]],
  ["for Korean, of which no syllable is taken apart", "하", []],
  ["for Korean as it stands", "한", ["한국"]],
  ["for a letter with several accents by itself", "X STACKED", ["x\u0302\u0301 stacked"]],
  ["for a sigma at the end of a word", "ΕΥΣ", ["ΟΔΥΣΣΕΥΣ", "Ὀδυσσεύς"]],
  ["for a part of a word that ends in a sigma in its middle", "ΟΔΥΣ", ["ΟΔΥΣΣΕΥΣ", "Ὀδυσσεύς"]],
  ["for a small sigma, of the middle or the end", "οδόσ", ["Οδός"]],
  ["for several accents in any order", "A\u0301\u0328 TWICE", ["a\u0328\u0301 twice".normalize("NFC")]],
  ["for an accent that no letter has in itself", "Q\u0307", ["q\u0307 dotted"]],
  ["without case beyond 16 bits", "𐐨𐐩", ["𐐀𐐁 Deseret"]],
  ["for no half of a character", "\u{10428}\u{10428}", []],
  [
    "for many words",
    "GOOD BOY DESERVES FUDGE, Äpfel AND A LONG",
    ["Every good boy deserves fudge, ÄPFEL and a long rest"],
  ],
  ["for many words of which one is another", "good boy deserves fudge, äpfel or a long", []],
  ["for what ends one text and begins the other, and finds neither", "outerinner", []],
  ["for a capital between the texts, and finds neither", "outerAinner", []],
  ["for nothing and finds everything", "", TASKS.map(({ title }) => title)],
];

export function describeSearch(newUser: NewUser): void {
  describe("searching for a text", () => {
    const filledDesk = shareTestUser(newUser, TASKS);

    test.each(CASES)("looks %s", async (_, text, titles) => {
      const testUser = await filledDesk();
      const where = [{ kind: "text", text, fields: SEARCHED }] as const;
      expect(await testUser.titles(where)).toEqual(titles.toSorted());
      expect(
        matchTasks(await testUser.find([]), where)
          .map(titleOf)
          .toSorted(),
      ).toEqual(titles.toSorted());
    });

    test("finds a task by what it is called now, not by what it was called", async () => {
      const testUser = newUser();
      const [task] = await testUser.add({ title: "ÄPFEL", description: "three" });
      await testUser.edit(task, { title: "Birnen" });
      await testUser.edit(task, { completed_at: "2026-11-20T08:00:00.000Z" });
      await testUser.edit(task, { description: "vÍER" });
      const found = (text: string) => testUser.titles([{ kind: "text", text, fields: SEARCHED }]);
      expect([await found("äpfel"), await found("three")]).toEqual([[], []]);
      expect([await found("BIRNEN"), await found("víer")]).toEqual([["Birnen"], ["Birnen"]]);
      await testUser.edit(task, { description: null });
      expect([await found("víer"), await found("birnen")]).toEqual([[], ["Birnen"]]);
    });

    test("finds a task by what came from another store", async () => {
      const testUser = newUser();
      const id = newId();
      const arrive = (tick: string, fields: Fields) =>
        testUser.store.merge(testUser.user, [{ id, registers: stampFields(fields, `${tick}a1b2c3d4`) }]);
      await arrive("019a9f3c51c80001", { title: "ÄPFEL" });
      expect(await testUser.titles([{ kind: "text", text: "äpfel", fields: SEARCHED }])).toEqual(["ÄPFEL"]);
      await arrive("019a9f3c51c80000", { title: "Earlier", description: "LÄNGST" });
      await arrive("019a9f3c51c80002", { title: "BIRNEN" });
      const found = (text: string) => testUser.titles([{ kind: "text", text, fields: SEARCHED }]);
      expect(await Promise.all(["äpfel", "earlier", "birnen", "längst"].map(found))).toEqual([
        [],
        [],
        ["BIRNEN"],
        ["BIRNEN"],
      ]);
    });
  });
}
