import { z } from "zod";
import { TodoError } from "../domain/errors.ts";
import { rule, wireTask } from "./task-schema.ts";

/** What a reply can say of a task beside its own members, computed from other tasks. */
export const INCLUDES = ["subtasks", "blocked"] as const;
export type Include = (typeof INCLUDES)[number];

/** The parameter that asks for it: `include=subtasks,blocked`. */
export const include = z
  .string()
  .transform(rule(parseIncludes))
  .optional()
  .meta({
    description: "What else to say of a task, computed from others: subtasks, blocked, or both with a comma",
    override: { type: "string", pattern: "^(subtasks|blocked)(,(subtasks|blocked))*$" },
  });

export const includeQuery = z.strictObject({ include });

const ids = z.array(z.guid());

/** A task with what was asked for. */
export const wireTaskWithIncludes = wireTask
  .extend({
    subtasks: z
      .strictObject({ completed: z.int().min(0), total: z.int().min(0) })
      .optional()
      .meta({
        description: "With include=subtasks: how many of its own subtasks are completed, and how many there are",
      }),
    blocked: z
      .boolean()
      .optional()
      .meta({ description: "With include=blocked: whether another task has to be done first" }),
    blocked_by: ids.optional().meta({ description: "With include=blocked: those tasks" }),
    blocks: ids.optional().meta({ description: "With include=blocked: the open tasks that wait for it" }),
  })
  .meta({ id: "TaskWithIncludes" });

function parseIncludes(text: string): readonly Include[] {
  return text.split(",").map((name) => {
    const known = INCLUDES.find((each) => each === name);
    if (known === undefined) throw new TodoError("invalid_input", `it takes ${INCLUDES.join(" and ")}, with a comma`);
    return known;
  });
}
