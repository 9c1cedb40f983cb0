/** The fields of Obsidian Tasks (https://publish.obsidian.md/tasks), by what they are called as `[due:: 2026-06-01]`. */
export type FieldName =
  | "due"
  | "scheduled"
  | "start"
  | "created"
  | "completion"
  | "cancelled"
  | "repeat"
  | "priority"
  | "id"
  | "dependsOn"
  | "onCompletion";

/** What a title has at its end, without which it is the title. */
export type Fields = {
  readonly title: string;
  readonly values: ReadonlyMap<FieldName, string>;
  readonly tags: readonly string[];
};

const DATE = String.raw`\d{4}-\d\d-\d\d`;

/** The same as signs, each with what may stand behind it. */
const SIGNS: readonly (readonly [sign: string, name: FieldName, value: string])[] = [
  ["📅", "due", DATE],
  ["⏳", "scheduled", DATE],
  ["🛫", "start", DATE],
  ["➕", "created", DATE],
  ["✅", "completion", DATE],
  ["❌", "cancelled", DATE],
  ["🔁", "repeat", String.raw`[a-zA-Z\d, !]+`],
  ["🆔", "id", String.raw`[\w-]+`],
  ["⛔", "dependsOn", String.raw`[\w-]+(?: *, *[\w-]+)*`],
  ["🏁", "onCompletion", "[a-z]+"],
];

const PRIORITY_SIGNS: ReadonlyMap<string, string> = new Map([
  ["🔺", "highest"],
  ["⏫", "high"],
  ["🔼", "medium"],
  ["🔽", "low"],
  ["⏬", "lowest"],
]);

const NAMES: ReadonlySet<string> = new Set([...SIGNS.map(([, name]) => name), "priority"]);
const DATAVIEW = /\s*[[(](\w+):: *([^\])]*)[\])]$/u;
const PRIORITY_SIGN = new RegExp(`\\s*(${[...PRIORITY_SIGNS.keys()].join("|")})$`, "u");
const TAG = /(?:^|\s)#([^\s#,]*[^\s#,\d][^\s#,]*)$/u;
/** A sign may be followed by one that says how it is drawn, and by a space that breaks no line. */
const UNSEEN = /\ufe0f/g;

/** Takes fields and tags off the end of a text, the last first. What stands within a sentence stays. Tags there count, too. */
export function takeFields(text: string): Fields {
  const values = new Map<FieldName, string>();
  const tags: string[] = [];
  let rest = text.replaceAll(UNSEEN, "").replaceAll("\u00a0", " ").trim();
  for (;;) {
    const taken = takeLast(rest);
    if (taken === null) break;
    rest = taken.rest;
    if ("tag" in taken) tags.unshift(taken.tag);
    else values.set(taken.name, taken.value);
  }
  const leading = takeLeadingTags(rest);
  const within = [...leading.rest.matchAll(/(?<=\s)#([^\s#,]*[^\s#,\d][^\s#,]*)/gu)].map(([, tag = ""]) => tag);
  return { title: leading.rest, values, tags: [...leading.tags, ...within, ...tags] };
}

type Taken = { readonly rest: string } & (
  { readonly name: FieldName; readonly value: string } | { readonly tag: string }
);

function takeLast(text: string): Taken | null {
  const [dataview, key = "", content = ""] = DATAVIEW.exec(text) ?? [];
  if (dataview !== undefined && isFieldName(key))
    return { rest: cut(text, dataview), name: key, value: content.trim() };
  const [priority, sign = ""] = PRIORITY_SIGN.exec(text) ?? [];
  if (priority !== undefined) {
    return { rest: cut(text, priority), name: "priority", value: PRIORITY_SIGNS.get(sign) ?? "" };
  }
  for (const [mark, name, value] of SIGNS) {
    const [found, written = ""] = new RegExp(`\\s*${mark} *(${value})$`, "u").exec(text) ?? [];
    if (found !== undefined) return { rest: cut(text, found), name, value: written.trim() };
  }
  const [found, tag = ""] = TAG.exec(text) ?? [];
  return found === undefined ? null : { rest: cut(text, found), tag };
}

function takeLeadingTags(text: string): { readonly rest: string; readonly tags: readonly string[] } {
  const [leading = ""] = /^(?:#[^\s#,]*[^\s#,\d][^\s#,]*\s+)+/u.exec(text) ?? [];
  const tags = leading.split(/\s+/).filter((tag) => tag !== "");
  return { rest: text.slice(leading.length), tags: tags.map((tag) => tag.slice(1)) };
}

function isFieldName(name: string): name is FieldName {
  return NAMES.has(name);
}

function cut(text: string, end: string): string {
  return text.slice(0, text.length - end.length).trimEnd();
}
