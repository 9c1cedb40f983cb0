import { NONE } from "../keys.ts";

/** The keys that other programs have for tags. */
export const TAG_KEYS: ReadonlySet<string> = new Set(["label", "labels", "tag", "tags"]);

/** What to write here for a list of tags: `+home +work` for `home,work`. Empty for a text that names none. */
export function suggestTags(list: string): string[] {
  const names = list.split(/[\s,]+/u).map((name) => name.replace(/^[+@#]/, ""));
  const tags = names.filter((name) => name !== "" && name !== NONE);
  return tags.length === 0 ? [] : [tags.map((tag) => `+${tag}`).join(" ")];
}
