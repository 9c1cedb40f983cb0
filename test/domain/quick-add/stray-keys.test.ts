import { describe, expect, test } from "bun:test";
import { toArguments } from "../../../src/domain/quick-add/argument.ts";
import { describeStrayKeys } from "../../../src/domain/quick-add/stray-keys.ts";
import { listTitleWords } from "../../../src/domain/quick-add/tokens.ts";
import { SYSTEM } from "../../support/tasks/arbitraries.ts";

function describeStray(...args: string[]) {
  return describeStrayKeys(listTitleWords(toArguments(args), SYSTEM));
}

describe("words of a new title that look like fields", () => {
  test.each<[string[], string]>([
    [["Water", "plants", "recur:weekly", "due:sat"], "recur: is no field and stays in the title."],
    [["Recur:weekly"], "Recur: is no field and stays in the title."],
    [["x limit:1"], "limit: is no field and stays in the title."],
    [["ctx:home"], "ctx: is no field and stays in the title."],
    [["due.before:friday"], "due.before: is no field and stays in the title."],
    [["status:all", "x"], "status: is no field and stays in the title."],
    [["a recur:weekly b", "until:fri", "until:sat"], "recur: and until: are no fields and stay in the title."],
    [["a:bc", "recur:x", "limit:2d", "until:fri"], "recur:, limit: and until: are no fields and stay in the title."],
    [["tag:home"], "tag: is no field and stays in the title. Did you mean +home?"],
    [["note:hello"], "note: is no field and stays in the title. Did you mean --description?"],
    [["tags:home,work"], "tags: is no field and stays in the title. Did you mean +home +work?"],
    [["x +home,work"], "+home,work is no tag and stays in the title. Did you mean +home +work?"],
    [["Projekt:Home"], "Projekt: is no field and stays in the title. Did you mean project:Home?"],
    [["du:fri"], "du: is no field and stays in the title. Did you mean due:fri?"],
    [["when", "Due:", "friday"], "Due: has no value and stays in the title."],
    [
      ["pri:", "x", "until:fri"],
      "until: is no field and stays in the title. pri: has no value and stays in the title.",
    ],
  ])("are named in one note: %p", (args, note) => {
    expect(describeStray(...args)).toBe(note);
  });

  test.each([
    ["see https://example.org/a?due:friday", "ftp://x"],
    ["mailto:ann@example.org", "tel:+49170", "me@example.org:x", "localhost:8080", "John:3", "example.com:8080/x"],
    ["at 17:00", "10:30:00", "3:1", "16:9"],
    ["C:\\Users", "c:/x", "file:/etc/hosts", "src:/x", "std::list", "~/a:b"],
    ["Re: the roof", "re:invent", "note: buy milk", "Shopping: milk, bread", "Also:", "thanks:)", "ok:-)"],
    ["+49,5", "c++", "FIXME:this", "ISO:Norm", "Note:This", "x:y"],
    ["due:friday", "project:House", "pri:H", "+home", "p1"],
    ["project:wait:this", "due:next friday"],
    [],
  ])("are not seen in addresses, times, paths, prose and real fields: %p", (...args) => {
    expect(describeStray(...args)).toBeUndefined();
  });
});
