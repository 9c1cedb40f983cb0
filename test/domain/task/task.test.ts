import { describe, expect, test } from "bun:test";
import {
  checkDescription,
  checkPriority,
  checkProject,
  checkTag,
  checkTags,
  checkTitle,
  isTag,
  LIMITS,
} from "../../../src/domain/task/task.ts";
import { checkPatch } from "../../../src/domain/task/fields.ts";
import { refusal } from "../../support/errors.ts";

describe("a title", () => {
  test("is stored as it was typed", () => {
    expect(checkTitle("Buy milk  & <bread>")).toBe("Buy milk  & <bread>");
    expect(checkTitle("1")).toBe("1");
  });

  test.each([
    ["empty", ""],
    ["spaces only", "   "],
    ["zero-width characters only", "\u200b\u200d\ufeff"],
  ])("is refused when it is %s", (_, title) => {
    expect(refusal(() => checkTitle(title))).toMatchObject({ code: "invalid_input", message: "title is empty" });
  });

  test("has up to 500 characters, and an emoji is one", () => {
    expect(checkTitle("🦊".repeat(LIMITS.title))).toBe("🦊".repeat(500));
    expect(refusal(() => checkTitle("🦊".repeat(501))).message).toBe(
      "title has 501 characters, at most 500 are allowed",
    );
  });

  test("has neither NUL nor half a character", () => {
    expect(refusal(() => checkTitle("a\0")).message).toContain("NUL");
    expect(refusal(() => checkTitle("a\ud800")).message).toContain("surrogate");
  });
});

describe("a description", () => {
  test("may be empty and have many lines", () => {
    expect(checkDescription("")).toBe("");
    expect(checkDescription("one\n\ntwo")).toBe("one\n\ntwo");
  });

  test("has up to 10,000 characters", () => {
    expect(checkDescription("é".repeat(10_000))).toHaveLength(10_000);
    expect(refusal(() => checkDescription("é".repeat(10_001))).message).toContain("description has 10001 characters");
  });
});

describe("a project", () => {
  test("may have spaces and is stored in NFC", () => {
    expect(checkProject("My Cafe\u0301")).toBe("My Café");
  });

  test.each([
    ["blank", " \u200b", "project is empty"],
    ["the word that means no project", "none", 'a project can\'t be called "none": it means no project'],
    ["longer than 100 characters", "🦊".repeat(101), "project has 101 characters, at most 100 are allowed"],
  ])("is refused when it is %s", (_, project, message) => {
    expect(refusal(() => checkProject(project))).toMatchObject({ code: "invalid_input", message });
  });

  test("may have a name that only looks like none", () => {
    expect(checkProject("None")).toBe("None");
    expect(checkProject("none yet")).toBe("none yet");
  });
});

describe("a tag", () => {
  test.each(["shop", "a:b", "über", "c++", "@home", "#1", "👩‍👩‍👧", "日本", "it's", "a+b", "x".repeat(64)])(
    "can be %p",
    (tag) => {
      expect(checkTag(tag)).toBe(tag);
      expect(isTag(tag)).toBe(true);
    },
  );

  test.each(["", "two words", "a,b", 'a"b', "a\\b", "+shop", " shop", "a\nb", "a\u00a0b", "\u200bshop", "a\u0007"])(
    "can't be %p",
    (tag) => {
      expect(refusal(() => checkTag(tag))).toMatchObject({
        code: "invalid_input",
        message: expect.stringContaining("one word"),
      });
      expect(isTag(tag)).toBe(false);
    },
  );

  test("has up to 64 characters and is stored in NFC", () => {
    expect(refusal(() => checkTag("x".repeat(65))).message).toBe("tag has 65 characters, at most 64 are allowed");
    expect(checkTag("u\u0308ber")).toBe("über");
  });

  test("says what a tag may be when it is refused", () => {
    expect(refusal(() => checkTag("two words")).hints).toHaveLength(1);
  });
});

describe("the tags of a task", () => {
  test("are sorted and each there once, also when written in two ways", () => {
    expect(checkTags(["b", "a", "b", "é", "e\u0301"])).toEqual(["a", "b", "é"]);
  });

  test("are 50 at most, counted after doubles are gone", () => {
    const tags = Array.from({ length: 50 }, (_, number) => `t${number}`);
    expect(checkTags([...tags, "t0"])).toHaveLength(50);
    expect(refusal(() => checkTags([...tags, "more"])).message).toBe("a task can have 50 tags, these are 51");
  });
});

describe("a priority", () => {
  test("is high, medium or low", () => {
    expect(["high", "medium", "low"].map(checkPriority)).toEqual(["high", "medium", "low"]);
  });

  test.each(["HIGH", "urgent", "", "1"])("is not %p, and the hint names the three", (text) => {
    const error = refusal(() => checkPriority(text));
    expect(error.code).toBe("invalid_input");
    expect(error.message).toContain(JSON.stringify(text));
    expect(error.hints).toEqual(["Use one of high, medium, low."]);
  });
});

describe("a patch", () => {
  test("stays without what was not given, and keeps what is cleared", () => {
    expect(checkPatch({})).toEqual({});
    const cleared = { description: null, dueDate: null, priority: null, project: null };
    expect(checkPatch(cleared)).toEqual(cleared);
  });

  test("comes back with every value as it is stored", () => {
    const patch = {
      title: "Cafe\u0301",
      dueDate: "2026-11-21T15:00:00+01:00",
      tags: ["b", "a"],
      addTags: ["d", "c"],
      removeTags: ["u\u0308"],
    };
    expect(checkPatch(patch)).toEqual({
      title: "Café",
      dueDate: "2026-11-21T14:00:00Z",
      tags: ["a", "b"],
      addTags: ["c", "d"],
      removeTags: ["ü"],
    });
  });

  test.each([
    ["title", { title: " " }],
    ["description", { description: "\0" }],
    ["due date", { dueDate: "tomorrow" }],
    ["project", { project: "none" }],
    ["tags", { tags: ["a b"] }],
    ["tag", { addTags: ["a b"] }],
    ["removeTags", { removeTags: ["a b"] }],
  ])("is refused for a bad %s", (_, patch) => {
    expect(refusal(() => checkPatch(patch)).code).toBe("invalid_input");
  });
});
