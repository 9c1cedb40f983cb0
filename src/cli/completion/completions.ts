import type { Command } from "commander";
import type { System } from "../../ports/system.ts";
import { NEAR_PERIODS } from "../../domain/dates/forms.ts";
import { NAMED_MONTHS, readMonth } from "../../domain/dates/month.ts";
import { FIELD_KEYS } from "../../domain/task/field-keys.ts";
import { isRef } from "../../services/tasks/find-tasks.ts";
import type { TaskState } from "../../services/tasks/suggestions.ts";
import {
  behind,
  type Candidate,
  type Completion,
  continuing,
  type LiveData,
  named,
  plain,
  saved,
  type Sources,
} from "./candidates.ts";
import { TOPICS } from "../help/topics.ts";
import { USUAL_COLUMNS } from "../input/columns.ts";
import { nameMonth } from "../output/calendar.ts";
import { COLUMN_NAMES, TASK_COLUMNS } from "../output/task-columns.ts";
import { GROUPING_NAMES } from "../input/grouping.ts";
import { SORT_NAMES } from "../input/sort.ts";
import { VIEW_NAMES } from "../input/view-names.ts";
import { findOption, isGroup, type Line, readLine } from "./line.ts";
import { SHELLS } from "./scripts.ts";
import { NO_CONTEXT } from "../config/config.ts";
import { CONFIG_KEYS, findConfigKey, PATHS, SETTINGS } from "../config/keys.ts";
import { COLOUR_CHOICES } from "../output/paint.ts";
import { ADD_TERMS, completeFilter, completeTerm, EDIT_TERMS, type Terms, VALUES } from "./terms.ts";

const USUAL: Candidate = { value: USUAL_COLUMNS, description: "what lists show if nobody chooses" };

type Completer = (line: Line, sources: Sources) => Promise<Completion>;

/** The values of options. Other options take free text, which can't be completed. */
const OPTION_VALUES = new Map<string, (sources: Sources, typed: string) => Promise<Completion>>([
  ["--color", async () => plain(COLOUR_CHOICES)],
  ["--columns", async (_, typed) => listColumns(typed)],
  ["--after", (sources, typed) => VALUES.parent(typed, sources)],
  ["--before", (sources, typed) => VALUES.parent(typed, sources)],
  ["--db", async () => "files"],
  ...FIELD_KEYS.map(
    ({ name }) => [`--${name}`, (sources: Sources, typed: string) => VALUES[name](typed, sources)] as const,
  ),
  ["--group", async () => plain(GROUPING_NAMES)],
  ["--since", async () => plain(["last", "today", "yesterday"])],
  ["--sort", async () => plain(SORT_NAMES)],
  ["--tag", async ({ live }) => named(await live.tags())],
  ["--template", async (_, typed) => listTemplates(typed)],
  ["--under", (sources, typed) => VALUES.parent(typed, sources)],
  ["--where", (sources, typed) => completeFilter(typed, sources)],
  ["--untag", async ({ live }) => named(await live.tags())],
]);

/** The operands of commands, by the name after `todo`. Other commands take none. */
const OPERANDS = new Map<string, Completer>([
  ["add", terms(ADD_TERMS)],
  ["list", filters],
  ["tree", filters],
  ["today", filters],
  ["next", filters],
  ["agenda", filters],
  ["calendar", monthAndTerms],
  ["upcoming", filters],
  ["completed", periodAndTerms],
  ["stats", periodAndTerms],
  ["reminders", filters],
  ["edit", completeEdit],
  ["show", refs("any")],
  ["done", refs("pending")],
  ["cancel", refs("pending")],
  ["skip", refs("pending")],
  ["detach", refs("pending")],
  ["move", refs("pending")],
  ["reopen", refs("completed")],
  ["start", refs("pending")],
  ["stop", refs("pending")],
  ["rm", refs("kept")],
  ["restore", refs("deleted")],
  ["note", onlyFirst(refs("kept"))],
  ["log", onlyFirst(refs("any"))],
  ["import", onlyFirst(async () => "files")],
  ["backup", onlyFirst(async () => "files")],
  ["filter save", completeSave],
  ["filter show", onlyFirst(listFilters)],
  ["filter rm", onlyFirst(listFilters)],
  ["context", onlyFirst(listContexts)],
  ["config get", onlyFirst(listSettings)],
  ["config set", completeSetting],
  ["config unset", onlyFirst(listSettings)],
  ["completion", async ({ command }) => [...plain(SHELLS), ...(command ? listCommands(command) : [])]],
  ["completion install", onlyFirst(async () => plain(SHELLS))],
  ["help", completeHelp],
]);

/** The candidates for the last of the words after `todo`. `live` opens the database that they name. */
export async function listCompletions(options: {
  readonly program: Command;
  readonly words: readonly string[];
  readonly live: (db: string | undefined) => LiveData;
  readonly system: System;
}): Promise<Completion> {
  const line = readLine(options.program, options.words);
  const found = await completeWord(line, { live: options.live(line.db), system: options.system });
  return found === "files" ? found : continuing(line.word, found);
}

async function completeWord(line: Line, sources: Sources): Promise<Completion> {
  const { command, word } = line;
  if (!command || line.literal) return [];
  if (line.awaiting) return completeValue(line.awaiting.long, sources, word);
  if (/^--[^=]+=/.test(word)) return completeAssigned(line, sources);
  if (word.startsWith("-")) return listOptions(command);
  const completer = OPERANDS.get(nameOf(command));
  if (completer) return completer(line, sources);
  return isGroup(command) ? listCommands(command) : [];
}

async function completeValue(option: string | undefined, sources: Sources, typed: string): Promise<Completion> {
  const values = OPTION_VALUES.get(option ?? "");
  return values ? values(sources, typed) : [];
}

/** `--sort=ti` */
async function completeAssigned({ command, word }: Line, sources: Sources): Promise<Completion> {
  const start = word.slice(0, word.indexOf("=") + 1);
  const values = await completeValue(findOption(command, word)?.long, sources, word.slice(start.length));
  return values === "files" ? values : behind(start, values);
}

/** The last of several columns: `handle,due`. The first may be the word for the usual ones. */
function listColumns(typed: string): Candidate[] {
  const [earlier = ""] = /^.*,\s*/s.exec(typed) ?? [];
  const columns = COLUMN_NAMES.map((value) => ({ value, description: TASK_COLUMNS[value].shows }));
  return earlier === "" ? [...columns, USUAL] : behind(earlier, columns);
}

/** What a template has before a brace that is still open, or that is to be opened. `{{` is a brace for itself. */
const BEFORE_FIELD = /^(?:\{\{|\{[^{}]*\}|[^{])*(?=\{[^{}]*$|$)/;

/** The last of the fields of a template: `{handle} {ti`. */
function listTemplates(typed: string): Candidate[] {
  const [start = ""] = BEFORE_FIELD.exec(typed) ?? [];
  const fields = COLUMN_NAMES.map((name) => ({ value: `{${name}}`, description: TASK_COLUMNS[name].shows }));
  return behind(start, fields);
}

function listOptions(command: Command): Candidate[] {
  const options = command.createHelp().visibleOptions(command);
  return options.flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
}

function listCommands(group: Command): Candidate[] {
  const commands = group.createHelp().visibleCommands(group);
  return commands.map((command) => ({
    value: command.name(),
    description: command.summary() || command.description(),
  }));
}

/** With its group: `config list` takes other words than `list`. */
function nameOf(command: Command): string {
  const group = command.parent;
  return group?.parent ? `${group.name()} ${command.name()}` : command.name();
}

async function listSettings(): Promise<Candidate[]> {
  return CONFIG_KEYS.map((value) => ({ value, description: SETTINGS[value].description }));
}

async function listFilters(_: Line, { live }: Sources): Promise<Candidate[]> {
  return saved(await live.filters());
}

async function listContexts(line: Line, sources: Sources): Promise<Candidate[]> {
  return [...(await listFilters(line, sources)), { value: NO_CONTEXT, description: "list everything" }];
}

/** A name, also one that there is, then terms. */
async function completeSave(line: Line, sources: Sources): Promise<Completion> {
  return line.operands.length === 0 ? listFilters(line, sources) : completeFilter(line.word, sources);
}

/** A setting, then its value if the values can be listed. */
async function completeSetting(line: Line, sources: Sources): Promise<Completion> {
  const { operands, word } = line;
  const [name, ...values] = operands;
  if (name === undefined) return listSettings();
  const key = findConfigKey(name);
  if (key === undefined || values.length > 0) return [];
  if (key === "list.columns") return listColumns(word);
  if (key === "context") return listContexts(line, sources);
  if (key === "view") return [...plain(VIEW_NAMES), ...behind("filter:", await listFilters(line, sources))];
  return PATHS.has(key) ? "files" : plain(SETTINGS[key].choices ?? []);
}

/** A command or a topic, then a subcommand. */
async function completeHelp({ program, operands }: Line): Promise<Candidate[]> {
  const [name, subcommand] = operands;
  const commands = listCommands(program);
  if (name === undefined) {
    const others = TOPICS.filter((topic) => commands.every(({ value }) => value !== topic.name));
    return [...commands, ...others.map((topic) => ({ value: topic.name, description: topic.summary }))];
  }
  const group = program.commands.find((command) => command.name() === name);
  return group && subcommand === undefined ? listCommands(group) : [];
}

/** Terms of a filter, each an argument or several in one. */
function filters({ word }: Line, sources: Sources): Promise<Completion> {
  return completeFilter(word, sources);
}

function terms(known: Terms): Completer {
  return ({ word }, sources) => completeTerm(word, known, sources);
}

/** Tasks that are not named yet. The typed part of a handle stays, even if fewer letters would do. */
function refs(state: TaskState) {
  return async ({ word, operands }: Line, { live }: Sources): Promise<Candidate[]> => {
    const others = (await live.tasks(state, word)).filter(
      ({ handle }) => !operands.some((earlier) => handle.startsWith(earlier.toLowerCase())),
    );
    return others.map(({ handle, prefix, title }) => ({
      value: handle.slice(0, Math.max(prefix.length, word.length)),
      description: title,
    }));
  };
}

/** References, then words. After a reference an empty word may be either, and all the tasks would hide the words. */
async function completeEdit(line: Line, sources: Sources): Promise<Candidate[]> {
  const { word, operands } = line;
  const more = operands.every(isRef) && (operands.length === 0 || word !== "");
  const tasks = more ? await refs("pending")(line, sources) : [];
  return operands.length === 0 ? tasks : [...tasks, ...(await completeTerm(word, EDIT_TERMS, sources))];
}

/** A period may only stand first. The term of its name asks for the due date, which is not what people mean there. */
async function periodAndTerms(line: Line, sources: Sources): Promise<Candidate[]> {
  const begun = continueNames(line, NEAR_PERIODS);
  if (begun.length > 0) return begun;
  const found = await completeFilter(line.word, sources);
  const periods = line.operands.length === 0 ? plain(NEAR_PERIODS) : [];
  return [...periods, ...found.filter(({ value }) => !NEAR_PERIODS.includes(value))];
}

/** A month may only stand first. */
async function monthAndTerms(line: Line, sources: Sources): Promise<Candidate[]> {
  const begun = continueNames(line, NAMED_MONTHS);
  if (begun.length > 0) return begun;
  const months = line.operands.length === 0 ? listMonths(sources) : [];
  return [...months, ...(await completeFilter(line.word, sources))];
}

/** What continues the first word of a name such as `last week`, which is one argument or two. */
function continueNames({ operands, word }: Line, names: readonly string[]): Candidate[] {
  if (operands.length === 0) return word.includes(" ") ? continuing(word, plain(names)) : [];
  const start = `${operands.join(" ").toLowerCase()} `;
  return plain(names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length)));
}

function listMonths({ system }: Sources): Candidate[] {
  return NAMED_MONTHS.map((value) => ({
    value,
    description: nameMonth(readMonth([value], system)?.month.slice(0, 7) ?? ""),
  }));
}

function onlyFirst(completer: Completer): Completer {
  return async (line, sources) => (line.operands.length === 0 ? completer(line, sources) : []);
}
