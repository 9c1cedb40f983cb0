import { DEPENDENCY_PREFIX, REMINDER_PREFIX, TAG_PREFIX } from "./registers.ts";
import { checkDependencies, checkReminders, checkTags, type Patch, type Task } from "./task.ts";

type Sets = Pick<Task, "tags" | "dependsOn" | "reminders">;

type TaskSet<Name extends keyof Sets> = {
  readonly name: Name;
  /** Before each of its values in the name of a field, which is true for what is in it. */
  readonly prefix: string;
  /** The values as they are stored. Throws `invalid_input`, also for too many. */
  readonly check: (values: readonly string[]) => string[];
  readonly add: keyof Patch;
  readonly remove: keyof Patch;
};

/** What a task has any number of, so that two devices can each add one. */
export const SETS = {
  tags: { name: "tags", prefix: TAG_PREFIX, check: checkTags, add: "addTags", remove: "removeTags" },
  dependsOn: {
    name: "dependsOn",
    prefix: DEPENDENCY_PREFIX,
    check: checkDependencies,
    add: "addDependsOn",
    remove: "removeDependsOn",
  },
  reminders: {
    name: "reminders",
    prefix: REMINDER_PREFIX,
    check: checkReminders,
    add: "addReminders",
    remove: "removeReminders",
  },
} as const satisfies { readonly [Name in keyof Sets]: TaskSet<Name> };
