import { sql } from "drizzle-orm";
import { DEPENDENCY_PREFIX, REMINDER_PREFIX, TIME_PREFIX } from "../../domain/task/registers.ts";
import type { Kit } from "../sqlite/kit.ts";

export type TaskTables = ReturnType<typeof defineTables>;

/** Every table, once, for both databases. Synced columns carry no UNIQUE, foreign key or CHECK: a legal merge must never be refused. */
export function defineTables(kit: Kit) {
  const users = kit.table("users", {
    id: kit.text("id").primaryKey(),
    revision: kit.counter("revision").notNull(),
    clock: kit.counter("clock").notNull(),
    /** The largest revision that a deleted task had which is gone for good. */
    purged: kit.counter("purged").notNull().default(0),
    /** What is the user's and no task's, with the same merge. */
    registers: kit.registers("registers").notNull().default("{}"),
  });

  const tasks = kit.table(
    "tasks",
    {
      userId: kit.text("user_id").notNull(),
      id: kit.text("id").notNull(),
      handle: kit.text("handle").notNull(),
      revision: kit.counter("revision").notNull(),
      registers: kit.registers("registers").notNull(),
      title: kit.register("title"),
      description: kit.register("description"),
      completedAt: kit.register("completed_at"),
      dueDate: kit.register("due_date"),
      dueKey: kit.dueKey("due_key", "due_date"),
      priority: kit.register("priority"),
      project: kit.register("project"),
      createdAt: kit.register("created_at"),
      deletedAt: kit.register("deleted_at"),
      createdKey: kit.createdKey("created_key", "created_at"),
      scheduledDate: kit.register("scheduled_date"),
      waitUntil: kit.register("wait_until"),
      startedAt: kit.register("started_at"),
      estimate: kit.numberRegister("estimate"),
      parent: kit.register("parent"),
      rank: kit.register("rank"),
      recurrence: kit.register("recurrence"),
      occurrence: kit.register("occurrence"),
      series: kit.register("series"),
      links: kit.mark("links", DEPENDENCY_PREFIX),
      times: kit.mark("times", TIME_PREFIX),
      reminders: kit.mark("reminders", REMINDER_PREFIX),
      outcome: kit.firstTrue("outcome", ["cancelled", "skipped"]),
      ...kit.folded(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.userId, table.id] }),
      kit.index("tasks_handle").on(table.userId, table.handle),
      kit.index("tasks_revision").on(table.userId, table.revision),
      kit
        .index("tasks_open")
        .on(
          table.userId,
          table.dueKey,
          table.id,
          ...kit.alongside(
            table.dueDate,
            table.priority,
            table.rank,
            table.scheduledDate,
            table.waitUntil,
            table.startedAt,
            table.project,
            table.createdKey,
            table.series,
          ),
        )
        .where(sql`deleted_at is null and completed_at is null`),
      kit
        .index("tasks_created")
        .on(table.userId, table.createdKey, table.id)
        .where(sql`deleted_at is null`),
      kit
        .index("tasks_parent")
        .on(table.userId, table.parent)
        .where(sql`parent is not null`),
      kit
        .index("tasks_series")
        .on(table.userId, table.series, table.occurrence)
        .where(sql`series is not null`),
      kit
        .index("tasks_repeating")
        .on(table.userId, table.id)
        .where(sql`recurrence is not null`),
      kit
        .index("tasks_links")
        .on(table.userId, table.id, ...kit.alongside(table.deletedAt, table.completedAt))
        .where(sql`links is not null`),
      kit
        .index("tasks_times")
        .on(table.userId, table.id)
        .where(sql`times is not null`),
      kit
        .index("tasks_reminders")
        .on(table.userId, table.id)
        .where(sql`reminders is not null`),
      kit
        .index("tasks_done")
        .on(
          table.userId,
          table.completedAt,
          table.id,
          ...kit.alongside(
            table.outcome,
            table.recurrence,
            table.dueDate,
            table.project,
            table.createdKey,
            table.series,
          ),
        )
        .where(sql`deleted_at is null and completed_at is not null`),
    ],
  );

  const history = kit.table(
    "history",
    {
      userId: kit.text("user_id").notNull(),
      clock: kit.text("clock").notNull(),
      at: kit.counter("at").notNull(),
      command: kit.text("command").notNull(),
      id: kit.text("id").notNull(),
      before: kit.registers("before").notNull(),
      after: kit.registers("after").notNull(),
      undoes: kit.text("undoes"),
    },
    (table) => [
      kit.primaryKey({ columns: [table.userId, table.clock, table.id] }),
      kit.index("history_task").on(table.userId, table.id, table.clock),
      kit
        .index("history_undoes")
        .on(table.userId, table.undoes)
        .where(sql`undoes is not null`),
    ],
  );

  /**
   * What was shown to replicas. They are never removed: a replica that comes back after years with a head that is gone could not be
   * told from one of another history, which drops nothing and sends everything again.
   */
  const heads = kit.table(
    "heads",
    {
      userId: kit.text("user_id").notNull(),
      revision: kit.counter("revision").notNull(),
      tag: kit.text("tag").notNull(),
      at: kit.counter("at").notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.userId, table.revision] })],
  );

  return { users, tasks, history, heads };
}
