import { beforeEach, describe, expect, test } from "bun:test";
import { draft, putWord, sendDraft, startDrafts } from "../../../src/web/app/data/drafts.ts";
import { useFakeStorage } from "./fake-storage.ts";

describe("what is typed for a new task", () => {
  beforeEach(() => {
    useFakeStorage();
    startDrafts();
  });
  /** What is there when the page is opened anew. */
  const reopen = () => {
    startDrafts();
    return draft.value;
  };

  test("is kept until it is added, also when the field is free for the next one", async () => {
    const adding = Promise.withResolvers<boolean>();
    draft.value = "Pay rent";
    const sent = sendDraft(() => adding.promise);
    expect(draft.value).toBe("");
    draft.value = "Call Ann";
    expect(localStorage.getItem("todo.draft")).toBe("Pay rent\nCall Ann");
    adding.resolve(true);
    await sent;
    expect(reopen()).toBe("Call Ann");
  });

  test("comes back when it is refused, unless something else was typed since", async () => {
    draft.value = "Pay rent due:fridy";
    await sendDraft(() => Promise.resolve(false));
    expect(draft.value).toBe("Pay rent due:fridy");
    const refused = sendDraft(() => Promise.resolve(false));
    draft.value = "Call Ann";
    await refused;
    expect(draft.value).toBe("Call Ann");
  });
});

test.each([
  ["", "due:today", "due:today "],
  ["Pay rent", "due:today", "Pay rent due:today "],
  ["Pay rent ", "+", "Pay rent +"],
  ["Pay rent", "project:", "Pay rent project:"],
  // Of one key there is one word.
  ["Pay due:friday rent", "due:today", "Pay rent due:today "],
  ['Pay rent Due:"next friday" +home', "due:2030-01-05", "Pay rent +home due:2030-01-05 "],
  ["Pay rent overdue:x", "due:today", "Pay rent overdue:x due:today "],
  // Of tags there may be several.
  ["Pay rent +home", "+", "Pay rent +home +"],
])("in %p the word %p makes %p", (text, word, made) => {
  expect(putWord(text, word)).toBe(made);
});
