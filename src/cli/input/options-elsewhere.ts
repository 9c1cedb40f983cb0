/** Options by which other programs list fewer tasks, and the filter term that does so here. */
const TERMS = new Map(
  Object.entries({
    a: "status:all",
    all: "status:all",
    cancelled: "status:cancelled",
    completed: "status:completed",
    deleted: "status:deleted",
    done: "status:completed",
    due: "due:friday",
    label: "+home",
    not: "not:+home",
    overdue: "overdue",
    pending: "status:pending",
    priority: "priority:high",
    project: "project:House",
    status: "status:all",
    tag: "+home",
    today: "today",
  }),
);

/** Options by which other programs set a field, and ours. */
const FIELD_OPTIONS = new Map(
  Object.entries({
    comment: "--description",
    date: "--due",
    deadline: "--due",
    desc: "--description",
    label: "--tag",
    labels: "--tag",
    note: "--description",
    notes: "--description",
    prio: "--priority",
    tags: "--tag",
  }),
);

const COUNTS: ReadonlySet<string> = new Set(["count", "max", "n", "number"]);

/** What to write for an option that a command has elsewhere or that is a word, such as `-home`. Empty if nothing is known. */
export function adviseOnOption(command: string, option: string): string[] {
  const [, dashes = "", name = ""] = /^(-+)([^=]*)/.exec(option) ?? [];
  const field = FIELD_OPTIONS.get(name.toLowerCase());
  if (command === "add") {
    return field === undefined
      ? ["A title that begins with - goes behind --: todo add -- -x marks the spot"]
      : [`Did you mean ${field}?`];
  }
  if (command === "edit") {
    if (field !== undefined) return [`Did you mean ${field}?`];
    return isTag(dashes, name) ? [`To take a tag off: todo edit REF not:+${name}, or --untag ${name}`] : [];
  }
  const term = TERMS.get(name.toLowerCase());
  if (term !== undefined) return [`A filter is a word and no option: todo ${command} ${term}`];
  if (COUNTS.has(name)) return command === "list" ? ["To list fewer tasks: todo list --limit 10"] : [];
  return isTag(dashes, name) ? [`To leave out a tag: todo ${command} not:+${name}, or '!+${name}'`] : [];
}

/** `-home` takes a tag off, or leaves it out, in other programs. Here it is an option. */
function isTag(dashes: string, name: string): boolean {
  return dashes === "-" && /^\p{L}[^']*$/u.test(name);
}
