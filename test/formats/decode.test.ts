import { expect, test } from "bun:test";
import { decodeFile } from "../../src/formats/decode.ts";
import { refusal } from "../support/errors.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

test.each([
  ["UTF-8", utf8("Müll 🗑"), "Müll 🗑"],
  ["UTF-8 with a mark", utf8("\ufeffMüll"), "Müll"],
  ["UTF-16 of Windows", new Uint8Array([0xff, 0xfe, 0x4d, 0, 0xfc, 0]), "Mü"],
  ["UTF-16 the other way round", new Uint8Array([0xfe, 0xff, 0, 0x4d, 0, 0xfc]), "Mü"],
  // What Taskwarrior 2.6 makes of an emoji.
  ["halves of a sign", new Uint8Array([0x61, 0xed, 0xa0, 0xbd, 0xed, 0xb7, 0x91, 0x62]), "a🗑b"],
  // "ü" on two lines, as iCalendar may break it.
  ["a sign on two lines", new Uint8Array([0x4d, 0xc3, 0x0d, 0x0a, 0x20, 0xbc, 0x6c, 0x6c]), "Müll"],
])("%s is read", (_, bytes, text) => {
  expect(decodeFile("a file", bytes)).toBe(text);
});

test("an encoding that is named is taken", () => {
  expect(decodeFile("a file", new Uint8Array([0x4d, 0xfc, 0x80]), "Windows-1252")).toBe("Mü€");
});

test("other bytes are refused with their line", () => {
  const read = () => decodeFile("tasks.json", new Uint8Array([...utf8("one\ntwo ü\n"), 0xfc, 0x0a]));
  expect(read).toThrow("tasks.json, line 3: this is not UTF-8 text");
  expect(refusal(read).code).toBe("invalid_input");
  expect(refusal(() => decodeFile("a file", utf8("x"), "klingon")).code).toBe("usage");
});
