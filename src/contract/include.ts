import { z } from "zod";
import { TodoError } from "../domain/errors.ts";
import { computedMembers, rule, wireTask } from "./task-schema.ts";

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

/** A task with what was asked for. */
export const wireTaskWithIncludes = wireTask.extend(computedMembers).meta({ id: "TaskWithIncludes" });

function parseIncludes(text: string): readonly Include[] {
  return text.split(",").map((name) => {
    const known = INCLUDES.find((each) => each === name);
    if (known === undefined) throw new TodoError("invalid_input", `it takes ${INCLUDES.join(" and ")}, with a comma`);
    return known;
  });
}
