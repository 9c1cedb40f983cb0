import { describe, expect, test } from "bun:test";
import {
  MAX_FILTER_CHARACTERS,
  MAX_FILTER_LEVELS,
  MAX_FILTER_WORDS,
} from "../../../../src/domain/query/filter/limits.ts";
import { refusal } from "../../../support/errors.ts";
import { PENDING, read, readConditions, text, withoutHiding } from "../../../support/filters.ts";

/** The message, and the text with the place in angle quotes. */
function refuse(...terms: string[]): [message: string, marked: string, firstHint: string | undefined] {
  const { code, message, excerpt, issues, hints } = refusal(() => read(...terms));
  expect(code).toBe("invalid_input");
  if (!excerpt) throw new Error(`no place: ${message}`);
  const { text: whole, at, length } = excerpt;
  expect(whole).toBe(terms.join(" "));
  // A program gets what may be meant with the place; a person reads it among the hints.
  const suggestion = hints.find((hint) => hint.startsWith("Did you mean"));
  expect(issues).toEqual([{ path: "filter", message, at, length, ...(suggestion !== undefined && { suggestion }) }]);
  return [message, `${whole.slice(0, at)}‹${whole.slice(at, at + length)}›${whole.slice(at + length)}`, hints[0]];
}

describe("what is missing or too much", () => {
  test.each<[string[], string, string]>([
    [["+home", "or"], 'something is missing behind "or"', "+home or‹›"],
    [["+home", "or", "or", "+b"], 'something is missing behind "or"', "+home or ‹or› +b"],
    [["OR"], 'something is missing before "OR"', "‹OR›"],
    [["and", "+a"], 'something is missing before "and"', "‹and› +a"],
    [["(or +a)"], 'something is missing before "or"', "(‹or› +a)"],
    [["(+a or)"], 'something is missing behind "or"', "(+a or‹)›"],
    [["+a &&"], 'something is missing behind "&&"', "+a &&‹›"],
    [["not"], 'something is missing behind "not"', "not‹›"],
    [["!"], 'something is missing behind "!"', "!‹›"],
    [["(+home or +work"], "this ( is not closed; one that is looked for goes in quotes", "‹(›+home or +work"],
    [["(+a", "((+b)"], "this ( is not closed; one that is looked for goes in quotes", "(+a ‹(›(+b)"],
    [["("], "this ( is not closed; one that is looked for goes in quotes", "‹(›"],
    [["()"], "nothing stands in these parentheses", "‹()›"],
    [["+a (  )"], "nothing stands in these parentheses", "+a ‹(  )›"],
    [[")"], "this ) closes nothing; one that is looked for goes in quotes", "‹)›"],
    [["(+a or +b))"], "this ) closes nothing; one that is looked for goes in quotes", "(+a or +b‹)›)"],
    [["+a", "due:friday)"], "this ) closes nothing; one that is looked for goes in quotes", "+a due:friday‹)›"],
  ])("is marked: %p", (terms, message, marked) => {
    expect(refuse(...terms).slice(0, 2)).toEqual([message, marked]);
  });

  test("is no part of words behind --", () => {
    const found = withoutHiding(readConditions(["+a"], ["or", "("]));
    expect(found.slice(2)).toEqual([text("or"), text("(")]);
  });
});

describe("a value that is not understood", () => {
  test.each<[string[], string, string]>([
    [["due<fridy"], '"fridy" is not a date', "due<‹fridy›"],
    [["+a", "or", "due.by:soon"], '"soon" is not a date', "+a or due.by:‹soon›"],
    [["due:friday roof"], '"friday roof" is not a date', "due:‹friday roof›"],
    [["due < fridy"], '"fridy" is not a date', "due < ‹fridy›"],
    [['due:"fri day"'], '"fri day" is not a date', 'due:‹"fri day"›'],
    [["due:this weak"], '"this weak" is not a date', "due:‹this weak›"],
    [["not:status:open"], 'unknown status "open"', "not:status:‹open›"],
    [["is:late"], 'unknown state "late"', "is:‹late›"],
    [["is:block"], 'unknown state "block"', "is:‹block›"],
    [["has:tags"], 'unknown part "tags"', "has:‹tags›"],
    [["priority:urgent"], 'unknown priority "urgent"', "priority:‹urgent›"],
    [["priority>none"], "no priority is neither above nor below another", "priority>‹none›"],
    [["estimate<5"], '"5" is not a duration: write 5min or 5h', "estimate<‹5›"],
    [["+a,b"], 'tag "a,b" is not one word', "+‹a,b›"],
    [["due<none"], '"none" is not a date', "due<‹none›"],
    [["title:" + "x".repeat(501)], "search has 501 characters, at most 500 are allowed", `title:‹${"x".repeat(501)}›`],
  ])("is marked: %p", (terms, message, marked) => {
    expect(refuse(...terms).slice(0, 2)).toEqual([message, marked]);
  });
});

describe("what looks like a filter term and is none", () => {
  test.each([
    ["due.befor:today", "‹due.befor:›today", "Did you mean due.before:today?"],
    ["dueafter:friday", "‹dueafter:›friday", "Did you mean due.after:friday?"],
    ["not:stauts:all", "not:‹stauts:›all", "Did you mean status:all?"],
    ["Projekt:Home", "‹Projekt:›Home", "Did you mean project:Home?"],
    ['Projekt:"Side work"', '‹Projekt:›"Side work"', 'Did you mean project:"Side work"?'],
    ["due.until:friday", "‹due.until:›friday", "Did you mean due.by:friday?"],
    ["title.next:x", "‹title.next:›x", "Did you mean title.not:x?"],
    ["tags:home,@work", "‹tags:›home,@work", "Did you mean +home +work?"],
    ["label:", "‹label:›", "Did you mean +TAG?"],
    ["desc.:x", "‹desc.:›x", "Did you mean description.has:x or description.not:x?"],
    ["body:milk", "‹body:›milk", "Did you mean text:milk?"],
    ["no:due", "‹no:›due", "Did you mean due:none?"],
    ["roof stauts:all", "roof ‹stauts:›all", "Did you mean status:all?"],
    ["project:House stauts:all", "project:House ‹stauts:›all", "Did you mean status:all?"],
    ["proejct=House", "‹proejct›=House", "Did you mean project=House?"],
  ])("is refused with the nearest term: %s", (typed, marked, guess) => {
    const [message, place, hint] = refuse(typed);
    expect([place, hint]).toEqual([marked, guess]);
    expect(message).toEndWith(" is no filter term");
    expect(refusal(() => read(typed)).hints.slice(1)).toEqual([
      expect.stringMatching(
        /^Terms: \+TAG, due:, scheduled:, .*not:, overdue, today, tomorrow, yesterday, p1 to p4\.$/,
      ),
      "Text that looks like a term goes in quotes, or behind --: todo list -- WORDS",
    ]);
  });

  test.each([
    ["completed", "Did you mean status:completed?"],
    ["Done", "Did you mean status:completed?"],
    ["all", "Did you mean status:all?"],
    ["upcoming", "Did you mean todo upcoming?"],
    ["not done", "Did you mean status:completed?"],
  ])("is refused where it stands alone and names a list elsewhere: %s", (typed, guess) => {
    const word = typed.replace("not ", "");
    expect(refuse(typed)).toEqual([`"${word}" is no filter term`, typed.replace(word, `‹${word}›`), guess]);
    expect(read(`"${word}"`)).toEqual([PENDING, text(word)]);
    expect(withoutHiding(readConditions([], [word]))).toEqual([PENDING, text(word)]);
    expect(read("roof", word)).toHaveLength(3);
  });

  test.each(["recur:weekly", "worked.after:today", "limit:3", "pr:high", "p:x", "memo:", "call ann:urgent"])(
    "is refused with all terms where none is near: %s",
    (typed) => {
      const [message, , hint] = refuse(typed);
      expect(message).toMatch(/^\S+: is no filter term$/);
      expect(hint).toStartWith("Terms: ");
    },
  );

  test.each([
    "due:",
    "due.before:",
    "project:",
    "priority:",
    "status:",
    "not:",
    "not:not:",
    "pri:",
    "due<",
    "+a due:",
    'title:""',
    'text.has:""',
    'project=""',
    'title: ""',
    'project = ""',
    'not:project:""',
  ])("is refused with an example where a value is missing: %s", (typed) => {
    expect(refuse(typed)[0]).toMatch(/^(\S+( ?[:<=])) needs a value, such as \1[^\s:]\S*$/);
  });

  test("is refused with an example where the value is in another argument, as it may be behind a sign", () => {
    expect(refuse("due:", "friday").slice(0, 2)).toEqual(["due: needs a value, such as due:friday", "‹due:› friday"]);
    expect(read("due<", "friday")).toHaveLength(2);
  });

  test("is refused where a key does not take a sign", () => {
    expect(refuse("+a", "status<3")).toEqual([
      "status can't be compared with <",
      "+a ‹status<3›",
      "status takes :, =, !=: status:all",
    ]);
    expect(refuse("title > b")[0]).toBe("title can't be compared with >");
    for (const typed of ["due.before<friday", "+a due.before < friday"]) {
      expect(refuse(typed)[0]).toBe("due.before can't be compared with <");
    }
  });

  test.each([
    ["+a|+b", "+a‹|›+b"],
    ["+a&+b", "+a‹&›+b"],
    ["due:today|overdue", "due:today‹|›overdue"],
    ["not:project:A||project:B", "not:project:A‹|›|project:B"],
  ])("is refused where a sign joins terms without spaces: %s", (typed, marked) => {
    const [message, place] = refuse(typed);
    expect(message).toMatch(/^"[|&]" joins terms only with a space on both sides$/);
    expect(place).toBe(marked);
  });
});

describe("a filter that is too large", () => {
  test("has at most so many characters", () => {
    const terms = ["due:none", '"x"'.padEnd(MAX_FILTER_CHARACTERS - 8, " ")];
    const [message, marked] = refuse(...terms);
    expect([message, marked.slice(-4)]).toEqual(["a filter can have 4000 characters", " ‹ ›"]);
  });

  test("has at most so many words and signs", () => {
    expect(read("+a ".repeat(MAX_FILTER_WORDS))).toHaveLength(MAX_FILTER_WORDS + 1);
    const [message, marked] = refuse(`${"+a ".repeat(MAX_FILTER_WORDS)}!+b`);
    expect(message).toBe("a filter can have 300 words and signs");
    expect(marked).toEndWith("+a ‹!›+b");
    expect(refusal(() => readConditions(["+a"], Array(MAX_FILTER_WORDS).fill("b"))).message).toBe(message);
  });

  test("has at most so many parentheses in each other", () => {
    const nest = (levels: number) => `${"(".repeat(levels)}+a${")".repeat(levels)}`;
    expect(read(nest(MAX_FILTER_LEVELS))).toEqual(read("+a"));
    expect(read(`${nest(MAX_FILTER_LEVELS)} ${nest(MAX_FILTER_LEVELS)}`)).toEqual(read("+a", "+a"));
    const [message, marked] = refuse(nest(MAX_FILTER_LEVELS + 1));
    expect(message).toBe("parentheses stand in each other more than 30 times");
    expect(marked).toContain("(‹(›+a)");
  });
});
