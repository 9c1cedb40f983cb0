import { type SQL, sql } from "drizzle-orm";
import {
  type Bound,
  type Condition,
  LEVEL_SEPARATORS,
  type Part,
  SEARCHED,
  type Status,
  type TextField,
} from "../../domain/query/query.ts";
import { DEPENDENCY_PREFIX, NOTE_PREFIX, REMINDER_PREFIX, TAG_PREFIX } from "../../domain/task/registers.ts";
import { LIMITS, PRIORITIES, type Priority } from "../../domain/task/task.ts";
import type { Dialect } from "../dialect.ts";
import { begins, isSetTag, startOfValue, valueOf } from "../registers.ts";
import { compileDated } from "./date-conditions.ts";

/** All conditions of a query. Those of tags become one, for which the registers of a task need to be read once. */
export function compileConditions(dialect: Dialect, where: readonly Condition[]): SQL[] {
  const tags = where.flatMap((condition) => (condition.kind === "tag" ? [condition.tag] : []));
  const others = where.filter(({ kind }) => kind !== "tag").map((condition) => compileCondition(dialect, condition));
  return tags.length === 0 ? others : [...others, compileTags(dialect, tags)];
}

/** One condition of a query as SQL that can stand between other conditions. Never null, so that `not` turns it round. */
function compileCondition(dialect: Dialect, condition: Condition): SQL {
  switch (condition.kind) {
    case "status":
      return compileStatus(dialect, condition.status);
    case "tag":
      return compileTags(dialect, [condition.tag]);
    case "tagged":
      return dialect.isTagged(condition.tag);
    case "in_project":
      return compileInProject(dialect, condition.project);
    case "project":
      return equals("project", condition.project);
    case "priority":
      return compilePriority(condition.priority);
    case "estimate":
      return compileEstimate(condition);
    case "waiting":
      return compileWaiting(condition.now);
    case "dated":
      return compileDated(dialect, condition);
    case "text":
      return compileText(dialect, condition);
    case "has":
      return compilePart(dialect, condition.part);
    case "waits_for":
      return sql`(links is not null and ${dialect.areTrue(sql`tasks.registers`, [DEPENDENCY_PREFIX + condition.id])})`;
    case "among":
      return compileAmong(dialect, "id", condition.ids);
    case "child_of":
      return sql`(parent is not null and ${compileAmong(dialect, "parent", condition.parents)})`;
    case "root":
      return sql`(parent is null or not ${existsParent(sql`above.deleted_at is null`)})`;
    case "closed_subtask":
      return sql`(parent is not null and completed_at is not null
        and ${existsParent(sql`above.deleted_at is null and above.completed_at is null`)})`;
    case "record_of":
      return compileRecordOf(dialect, condition);
    case "and":
    case "or":
      return compileJoined(dialect, condition.kind, condition.conditions);
    case "not":
      return compileNot(dialect, condition.condition);
  }
}

function compileTags(dialect: Dialect, tags: readonly string[]): SQL {
  const keys = tags.map((tag) => TAG_PREFIX + tag);
  return dialect.areTrue(sql`tasks.registers`, keys);
}

/** Behind the project comes its end, which is written as one of the separators, or a level below it. */
function compileInProject({ names, mayBegin }: Dialect, project: string): SQL {
  const name = names.needle(project);
  const [end] = LEVEL_SEPARATORS;
  const levels = LEVEL_SEPARATORS.map((separator) => sql`${name} || ${sql.raw(`'${separator}'`)}`);
  const start = sql`substr(${names.fold("project")} || ${sql.raw(`'${end}'`)}, 1, length(${name}) + 1)`;
  return sql`coalesce(${mayBegin("project", project)} and ${start} in (${sql.join(levels, sql`, `)}), false)`;
}

function compileJoined(dialect: Dialect, kind: "and" | "or", conditions: readonly Condition[]): SQL {
  const compiled = conditions.map((each) => compileCondition(dialect, each));
  // Of none all hold, and not one.
  if (compiled.length === 0) return kind === "and" ? sql`true` : sql`false`;
  return sql`(${sql.join(compiled, sql.raw(` ${kind} `))})`;
}

function compileAmong(dialect: Dialect, column: string, ids: readonly string[]): SQL {
  const wanted = dialect.strings(JSON.stringify(ids));
  return sql`${sql.raw(column)} in (select wanted.value from ${wanted} wanted)`;
}

function compileText(dialect: Dialect, { text, fields }: Extract<Condition, { kind: "text" }>): SQL {
  const isSearch = SEARCHED.every((field) => fields.includes(field));
  const others = fields.filter((field) => !isSearch || !SEARCHED.includes(field));
  const found = others.map((field) => compileTextIn(dialect, field, text));
  const searched = isSearch ? dialect.includes(dialect.folded.both, text) : sql`false`;
  return sql`(${sql.join([searched, ...found], sql` or `)})`;
}

function compileTextIn(dialect: Dialect, field: TextField, text: string): SQL {
  const { folded, foldText, includes, textOf } = dialect;
  switch (field) {
    case "title":
      return includes(folded.title, text);
    case "description":
      return sql`(description is not null and ${includes(folded.description, text)})`;
    case "project":
      return sql`(project is not null and ${includes(foldText("project"), text)})`;
    case "note":
      return existsMember(dialect, sql`${isNote("m")} and ${includes(foldText(textOf("m.value")), text)}`);
  }
}

function compilePart(dialect: Dialect, part: Part): SQL {
  switch (part) {
    case "tags":
      return existsMember(dialect, isSetTag("m"));
    case "notes":
      return existsMember(dialect, isNote("m"));
    case "reminders":
      return sql`(reminders is not null and ${existsMember(dialect, sql`${begins("m", REMINDER_PREFIX)} and ${valueOf("m.value")} = 'true'`)})`;
    case "subtasks":
      return sql`exists (
        select 1 from tasks below where below.user_id = tasks.user_id and below.parent is not null
          and below.parent = tasks.id and below.deleted_at is null)`;
    case "record":
      return sql`series is not null`;
    case "startedAt":
      return sql`started_at is not null`;
    case "description":
    case "parent":
    case "recurrence":
      return sql`${sql.raw(part)} is not null`;
  }
}

/** Whether a member of registers is a note that is there: a text. */
function isNote(member: string): SQL {
  return sql`${begins(member, NOTE_PREFIX)} and ${startOfValue(`${member}.value`)} = '"'`;
}

function existsMember({ members }: Dialect, condition: SQL): SQL {
  return sql`exists (select 1 from ${members(sql`tasks.registers`)} m where ${condition})`;
}

/** A register may hold a number that no estimate can be. */
function compileEstimate({ from = 1, to = LIMITS.estimate }: Extract<Condition, { kind: "estimate" }>): SQL {
  const [least, most] = [Math.max(from, 1), Math.min(to, LIMITS.estimate)];
  return sql`(estimate is not null and estimate >= ${least} and estimate <= ${most})`;
}

function compileRecordOf(dialect: Dialect, { series, from = "" }: Extract<Condition, { kind: "record_of" }>): SQL {
  return sql`(series is not null and ${compileAmong(dialect, "series", series)} and occurrence is not null and occurrence >= ${from})`;
}

/** Whether the parent of a task is there and is such a one. */
function existsParent(state: SQL): SQL {
  return sql`exists (select 1 from tasks above where above.user_id = tasks.user_id and above.id = tasks.parent and ${state})`;
}

/** What is not deleted, and what has no due date, is written as in the indexes of them, which serve no other words. */
function compileNot(dialect: Dialect, condition: Condition): SQL {
  if (condition.kind === "status" && condition.status === "deleted") return sql`deleted_at is null`;
  const isAnyDueDate =
    condition.kind === "dated" && condition.date === "dueDate" && !condition.from && !condition.before;
  if (isAnyDueDate) return sql`(due_date is null and due_key = '~')`;
  return sql`not (${compileCondition(dialect, condition)})`;
}

export function isStatus(condition: Condition, status: Status): boolean {
  return condition.kind === "status" && condition.status === status;
}

function compileStatus(dialect: Dialect, status: Status): SQL {
  switch (status) {
    case "pending":
      return sql`(deleted_at is null and completed_at is null)`;
    case "completed":
      return sql`(deleted_at is null and completed_at is not null)`;
    case "cancelled":
      return sql`(deleted_at is null and completed_at is not null and ${dialect.areTrue(sql`tasks.registers`, ["cancelled"])})`;
    case "deleted":
      return sql`deleted_at is not null`;
    case "all":
      return sql`true`;
  }
}

/** A word that this version does not know is no priority, as in `readTask`. */
function compilePriority(priority: Priority | null): SQL {
  if (priority !== null) return equals("priority", priority);
  const known = sql.raw(PRIORITIES.map((name) => `'${name}'`).join(", "));
  return sql`(priority is null or priority not in (${known}))`;
}

function equals(column: string, value: string | null): SQL {
  const name = sql.raw(column);
  return value === null ? sql`${name} is null` : sql`(${name} is not null and ${name} = ${value})`;
}

/** Every list asks for this, and each part of a statement takes 10 µs at the start of a command, so it is one. */
function compileWaiting({ day, moment }: Bound): SQL {
  return sql`(wait_until is not null and wait_until > (case when length(wait_until) = 10 then ${day} else ${moment} end))`;
}
