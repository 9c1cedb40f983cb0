import { DUE_GROUPS, findDueRanges, groupOfDue } from "../../domain/dates/due-groups.ts";
import { PRIORITIES } from "../../domain/task/task.ts";
import { foldName, titleKey } from "../../domain/task/text.ts";
import type { System } from "../../ports/system.ts";
import { type FindGroups, type Group, groupTasks } from "../../services/tasks/group-tasks.ts";
import type { Grouping } from "../input/grouping.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { TaskOutput } from "./output.ts";
import { GROUP_NAMES, type Sections } from "./sections.ts";

/** Sorts behind all other names. */
const LAST = "\u{10ffff}";

const PRIORITY_NAMES = { high: "High priority", medium: "Medium priority", low: "Low priority" } as const;

/** What finds the groups of a task. */
const FINDERS: Readonly<Record<Grouping, (system: System) => FindGroups>> = {
  project: () => findProject,
  due: (system) => {
    // Those of now, for the whole list.
    const ranges = findDueRanges(system);
    return ({ dueDate }) => {
      const group = groupOfDue(dueDate, ranges);
      return [{ key: String(DUE_GROUPS.indexOf(group)), name: GROUP_NAMES[group] }];
    };
  },
  priority: () => findPriority,
  tag: () => findTags,
};

const findProject: FindGroups = ({ project }) => [
  project === null ? { key: LAST, name: "No project" } : nameGroup(project),
];

const findPriority: FindGroups = ({ priority }) => [
  priority === null
    ? { key: LAST, name: "No priority" }
    : { key: String(PRIORITIES.indexOf(priority)), name: PRIORITY_NAMES[priority] },
];

const findTags: FindGroups = ({ tags }) =>
  tags.length === 0 ? [{ key: LAST, name: "No tags" }] : tags.map((tag) => nameGroup(tag, "+"));

/** The sections of a list that is grouped, each with the number of its tasks. A task with several tags is under each of them. */
export function inGroups(output: TaskOutput, grouping: Grouping): Sections {
  const findGroups = FINDERS[grouping](output.io.system);
  return async function* (pages) {
    for await (const { group, count, tasks } of groupTasks(await output.workspace(), pages, findGroups)) {
      const heading = `${group.name} (${count})`;
      yield tasks.map((task) => ({ task, heading }));
    }
  };
}

/** Names are the same in upper and lower case, as in filters, and come in the order in which people sort. */
function nameGroup(name: string, sign = ""): Group {
  return { key: `${titleKey(name)}\0${foldName(name)}`, name: escapeControls(sign + name) };
}
