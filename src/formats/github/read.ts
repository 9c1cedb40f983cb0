import { isObject } from "../../domain/is-object.ts";
import type { ForeignRecord, ForeignTask, Found } from "../found.ts";
import { readJsonObjects } from "../json-objects.ts";
import { formatInstant } from "../zoned.ts";

type Raw = Readonly<Record<string, unknown>>;

/** What `gh issue list --state all --limit 1000 --json …` has to be asked for. */
export const GITHUB_MEMBERS =
  "number,title,body,state,stateReason,createdAt,updatedAt,closedAt,url,labels,assignees,milestone,comments";

/**
 * Issues as GitHub's own command line writes them (`gh issue list --json`):
 *
 * | there                              | here                                              |
 * | ---------------------------------- | ------------------------------------------------- |
 * | title, body, url                   | title; description, at whose end the address is   |
 * | owner and name in the url          | project `owner/name`                              |
 * | labels, comments                   | tags, notes                                       |
 * | closedAt, stateReason              | done, or cancelled if it was not planned          |
 * | milestone, assignees               | named                                             |
 */
export function* readGithub(text: string): Generator<Found> {
  for (const each of readJsonObjects(text)) {
    if ("problem" in each) yield { kind: "problem", ...each };
    else if (textOf(each.object, "url") === undefined || textOf(each.object, "title") === undefined) {
      yield { kind: "problem", line: each.line, problem: `title and url are needed: --json ${GITHUB_MEMBERS}` };
    } else yield toFound(each.object, each.line);
  }
}

function toFound(raw: Raw, line: number): ForeignTask {
  const url = textOf(raw, "url") ?? "";
  const [, project] = /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\//.exec(url) ?? [];
  const closed = momentOf(raw, "closedAt");
  const [created, updated] = [momentOf(raw, "createdAt"), momentOf(raw, "updatedAt")];
  const record: ForeignRecord = {
    title: textOf(raw, "title") ?? "",
    description: [textOf(raw, "body")?.trim(), url].filter(Boolean).join("\n\n"),
    ...(project !== undefined && { project }),
    tags: listOf(raw, "labels").flatMap((label) => textOf(label, "name") ?? []),
    notes: listOf(raw, "comments").flatMap(readComment),
    ...(created !== undefined && { created_at: formatInstant(created) }),
    ...(updated !== undefined && { updated_at: formatInstant(updated) }),
    completed_at: closed === undefined ? null : formatInstant(closed),
    ...(raw["stateReason"] === "NOT_PLANNED" && { cancelled: true }),
  };
  const left = [
    ...(isObject(raw["milestone"]) ? ["milestone"] : []),
    ...(listOf(raw, "assignees").length > 0 ? ["assignees"] : []),
  ];
  return { kind: "task", line, key: url, record, left };
}

/** `ann: Please.` */
function readComment(comment: Raw) {
  const author = isObject(comment["author"]) ? textOf(comment["author"], "login") : undefined;
  const text = textOf(comment, "body")?.replaceAll("\r\n", "\n").trim();
  if (text === undefined || text === "") return [];
  return [{ at: momentOf(comment, "createdAt") ?? null, text: author === undefined ? text : `${author}: ${text}` }];
}

/** Unix milliseconds. */
function momentOf(raw: Raw, name: string): number | undefined {
  const ms = Date.parse(textOf(raw, name) ?? "");
  return Number.isNaN(ms) ? undefined : ms;
}

function textOf(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  return typeof value === "string" && value !== "" ? value.replaceAll("\r\n", "\n") : undefined;
}

function listOf(raw: Raw, name: string): readonly Raw[] {
  const value = raw[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}
