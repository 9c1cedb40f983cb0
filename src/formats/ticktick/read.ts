import type { Priority } from "../../domain/task/task.ts";
import { checkRule } from "../check-rule.ts";
import { type CsvRecord, readCsvRecords } from "../csv/records.ts";
import type { ForeignRecord, ForeignRecurrence, ForeignTask, Found, ReadContext } from "../found.ts";
import { formatInstant, toLocalStart } from "../zoned.ts";
import { readDate, readMoment, zoneOf } from "./dates.ts";

const PRIORITIES: ReadonlyMap<string, Priority> = new Map([
  ["5", "high"],
  ["3", "medium"],
  ["1", "low"],
]);

/**
 * A backup of TickTick (CSV, versions 3.0 to 7.2). Its `taskId` counts rows, so it names nothing in the next backup:
 *
 * | there                              | here                                                                     |
 * | ---------------------------------- | ------------------------------------------------------------------------ |
 * | Title, Content                     | title, description; the lines of a checklist stay lines                  |
 * | Folder, List and Column Name       | project, joined by `/`; the inbox is none                                |
 * | Due and Start Date, Is All Day     | due, scheduled; a day is that of the row's zone                          |
 * | Repeat                             | repetition of what is open, if tasks here can have it                    |
 * | Priority 5, 3, 1                   | high, medium, low                                                        |
 * | Status 1 and 2, -1                 | done, cancelled                                                          |
 * | Tags, parentId                     | tags, what it is a part of                                               |
 * | Kind NOTE, Reminder                | named                                                                    |
 */
export function* readTicktick(text: string, { zone }: ReadContext): Generator<Found> {
  const rows: CsvRecord[] = [];
  for (const row of readCsvRecords(text, ["list name", "title", "status"])) {
    if ("problem" in row) yield { kind: "problem", ...row };
    else rows.push(row);
  }
  const keys = nameRows(rows);
  const parents = new Map(rows.map((row) => [row.get("taskid"), keys.get(row)]));
  for (const row of rows) {
    if (row.get("title") === "") yield { kind: "skipped", line: row.line, why: "a task without a title" };
    else
      yield toFound(row, { key: keys.get(row) ?? "", parent: parents.get(row.get("parentid") || "-"), userZone: zone });
  }
}

/**
 * A key for each row. Each time that a repeating task was done is a row with the same second of creation, and the newest of these goes on.
 * Tasks that were made in one second have their titles in their keys.
 */
function nameRows(rows: readonly CsvRecord[]): ReadonlyMap<CsvRecord, string> {
  const keys = new Map<CsvRecord, string>();
  for (const [created, made] of Map.groupBy(rows, (row) => row.get("created time"))) {
    const byTitle = Map.groupBy(made, (row) => row.get("title"));
    for (const [title, same] of byTitle) {
      const newest = same.find(isOpen) ?? same.toSorted((one, other) => (endOf(one) < endOf(other) ? -1 : 1)).at(-1);
      for (const row of same) {
        const parts = [created, byTitle.size > 1 ? title : null, row === newest ? null : endOf(row)];
        keys.set(row, JSON.stringify(parts));
      }
    }
  }
  return keys;
}

function isOpen(row: CsvRecord): boolean {
  return row.get("status") === "0";
}

function endOf(row: CsvRecord): string {
  return row.get("completed time");
}

type Place = { readonly key: string; readonly parent: string | undefined; readonly userZone: string };

function toFound(row: CsvRecord, { key, parent, userZone }: Place): ForeignTask {
  const zone = zoneOf(row, userZone);
  const [start, end] = [readDate(row, "start date", zone), readDate(row, "due date", zone)];
  const due = end ?? start;
  const repetition = readRepetition(row, due, zone);
  const [created, completed] = [readMoment(row.get("created time"), zone), readMoment(endOf(row), zone)];
  const priority = PRIORITIES.get(row.get("priority"));
  const project = readProject(row);
  const description = readContent(row);
  const record: ForeignRecord = {
    title: row.get("title"),
    ...(description !== "" && { description }),
    ...(due !== undefined && { due_date: due }),
    ...(start !== undefined && start !== due && { scheduled_date: start }),
    ...(priority !== undefined && { priority }),
    ...(project !== "" && { project }),
    tags: row
      .get("tags")
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
    ...(parent !== undefined && parent !== key && { parent }),
    ...(repetition.recurrence && { recurrence: repetition.recurrence }),
    ...(created !== undefined && { created_at: formatInstant(created) }),
    ...readState(row, completed),
  };
  return { kind: "task", line: row.line, key, record, left: [...repetition.left, ...listLeft(row)] };
}

function readState(row: CsvRecord, completed: number | undefined): Partial<ForeignRecord> {
  if (isOpen(row)) return { completed_at: null };
  const when = completed === undefined ? ({ completed: true } as const) : { completed_at: formatInstant(completed) };
  return row.get("status") === "-1" ? { ...when, cancelled: true } : when;
}

function readProject(row: CsvRecord): string {
  const parts = ["folder name", "list name", "column name"].map((column) => row.get(column));
  const isInbox = parts[0] === "" && parts[1]?.toLowerCase() === "inbox";
  return parts.filter((part, at) => part !== "" && !(isInbox && at === 1)).join("/");
}

/** The lines of a checklist have no names of their own, so they stay text. */
function readContent(row: CsvRecord): string {
  const content = row.get("content").replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  if (row.get("kind") !== "CHECKLIST") return content;
  return content.replaceAll(/^▫\s*/gm, "- [ ] ").replaceAll(/^▪\s*/gm, "- [x] ");
}

type Repetition = { readonly recurrence?: ForeignRecurrence; readonly left: readonly string[] };

/** Rows of what was done keep the rule, which only the open one goes on with. */
function readRepetition(row: CsvRecord, due: string | undefined, zone: string): Repetition {
  const repeat = row.get("repeat");
  if (repeat === "" || !isOpen(row)) return { left: [] };
  const recurrence: ForeignRecurrence = {
    rule: repeat.replace(/^RRULE:/, ""),
    ...(due !== undefined && { start: toLocalStart(due, zone) }),
    ...(due?.includes("T") && { time_zone: zone }),
  };
  return checkRule(recurrence, due) ? { recurrence, left: [] } : { left: [`repetition ${repeat}`] };
}

function listLeft(row: CsvRecord): readonly string[] {
  return [
    ...(row.get("kind") === "NOTE" ? ["kind NOTE"] : []),
    ...(row.get("reminder") === "" ? [] : ["reminder"]),
    ...(row.get("priority") !== "" && row.get("priority") !== "0" && !PRIORITIES.has(row.get("priority"))
      ? [`priority ${row.get("priority")}`]
      : []),
  ];
}
