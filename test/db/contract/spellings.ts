import { describe, expect, test } from "bun:test";
import type { Condition } from "../../../src/domain/query/query.ts";
import type { Fields } from "../../../src/domain/task/registers.ts";
import { foldName } from "../../../src/domain/task/text.ts";
import { shareTestUser } from "../../support/stores/test-user.ts";
import type { NewUser } from "../store-contract.ts";

/** Spellings of names that are one without case, that only look so, and that a pattern could take for something else. */
const NAMES = [
  ["home", "Home", "HOME", "homes", "hom", "ho_e", "ho%e", "work", "WORK", "wor\u212a", "Ärzte", "ÄRZTE", "Arzte"],
  ["ΟΔΟΣ", "οδός", "οδοσ", "ОДИН", "один", "İş", "iş", "ıs", "Straße", "STRASSE", "GROẞ", "groß", "𐐀", "𐐨", "🦊"],
  ["e\u0301t\u00e9", "\u00c9T\u00c9", "it's", 'a"b', "a\\b", "$", "[0]", "?", "none", "日本"],
].flat();

const LEVELS = NAMES.slice(0, 2).flatMap((name) =>
  [".", "/", "-", ",", "0", " ", "..", "./"].flatMap((separator) => [name + separator, `${name}${separator}Attic`]),
);

const PROJECTS = [...NAMES, ...LEVELS, "Home.attic.Box", "homework", "attic.Home", "", "."];

const TASKS: readonly Fields[] = [
  { title: "plain" },
  { title: "tag taken away", "tag:home": false, "tag:Garden": true },
  { title: "two", "tag:HOME": true, "tag:work": true },
  { title: "project taken away", project: null },
  ...NAMES.map((name) => ({ title: `tag ${name}`, [`tag:${name}`]: true })),
  ...PROJECTS.map((project) => ({ title: `project ${project}`, project })),
];

const titleOf = ({ title }: Fields): string => String(title);

function isTagged(task: Fields, tag: string): boolean {
  return Object.entries(task).some(([key, value]) => foldName(key) === foldName(`tag:${tag}`) && value === true);
}

function isInProject({ project }: Fields, name: string): boolean {
  if (typeof project !== "string") return false;
  const [folded, start] = [foldName(project), foldName(name)];
  return folded === start || folded.startsWith(`${start}.`) || folded.startsWith(`${start}/`);
}

type Asked = readonly [condition: Condition, isMeant: (task: Fields, name: string) => boolean];

export function describeSpellings(newUser: NewUser): void {
  describe("asking for a name as people write it", () => {
    const filledDesk = shareTestUser(newUser, TASKS);

    /** Each name is asked for once, and turned round. */
    async function askForEach(names: readonly string[], ask: (name: string) => Asked): Promise<void> {
      const testUser = await filledDesk();
      for (const name of names) {
        const [condition, isMeant] = ask(name.normalize("NFC"));
        const isFound = (task: Fields) => isMeant(task, name.normalize("NFC"));
        const found = TASKS.filter(isFound).map(titleOf);
        const others = TASKS.filter((task) => !isFound(task)).map(titleOf);
        expect([name, await testUser.titles([condition])]).toEqual([name, found.toSorted()]);
        const turned = await testUser.titles([{ kind: "not", condition }]);
        expect([name, turned]).toEqual([name, others.toSorted()]);
      }
    }

    test("finds a tag in whatever case, and nothing else", async () => {
      await askForEach([...NAMES, "garden", "nobody", "tag:home"], (tag) => [{ kind: "tagged", tag }, isTagged]);
    });

    test("finds a project and all levels below it in whatever case, and nothing else", async () => {
      await askForEach([...PROJECTS, "HOME.ATTIC", "nobody"], (project) => [
        { kind: "in_project", project },
        isInProject,
      ]);
    });

    test("wants all of several tags", async () => {
      const testUser = await filledDesk();
      const tagged = (tag: string): Condition => ({ kind: "tagged", tag });
      expect(await testUser.titles([tagged("home"), tagged("WORK")])).toEqual(["two"]);
      expect(await testUser.store.count(testUser.user, [tagged("home"), tagged("Home")])).toBe(4);
    });
  });
}
