import type { Command } from "commander";
import { findFilter } from "../../services/filters/find-filter.ts";
import { removeSetting, writeSetting } from "../config/changes.ts";
import { configPath, findContext, findVariable, NO_CONTEXT } from "../config/config.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { findContextFilter } from "../input/announce-context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { escapeControls } from "../../domain/escape.ts";
import { describeFilter } from "../output/filters.ts";
import { printJson, printNote, printText } from "../output/print.ts";

const NOTES = [
  "A context is a saved filter that narrows what lists show on this device: todo, list, today, upcoming, completed and other views. " +
    "Each of them names it. Commands on handles, --where and todo add never look at it.",
  "TODO_CONTEXT goes before it, such as for one terminal, and --no-context leaves it out once.",
];

export function registerContext(program: Command, context: CommandContext): void {
  defineCommand(program, "context", {
    quiet: "the name",
    summary: "narrow lists to a saved filter, or say which it is",
    examples: ["todo context", "todo context work", "todo context off"],
    notes: [{ paragraphs: NOTES }],
  })
    .argument("[name]", "a saved filter, or off")
    .action((name: string | undefined, flags: CommonFlags) => runContext(context.start(flags), name));
}

async function runContext(invocation: Invocation, name: string | undefined): Promise<void> {
  if (name === undefined) return showContext(invocation);
  return name.toLowerCase() === NO_CONTEXT ? turnOff(invocation) : turnOn(invocation, name);
}

/** Says which context there is and where it comes from. Throws if its filter can't be used. */
async function showContext(invocation: Invocation): Promise<void> {
  const { io, format } = invocation;
  const context = findContext(io);
  if (!context) {
    if (format === "json") return printJson(invocation, { name: null, filter: null, source: null });
    return printNote(invocation, "There is no context. Choose a saved filter: todo context NAME");
  }
  const filter = await findContextFilter(invocation, context);
  if (format === "json")
    return printJson(invocation, { name: filter.name, filter: filter.text, source: context.source });
  if (format === "quiet") return printText(invocation, escapeControls(filter.name));
  printText(invocation, escapeControls(`${describeFilter(filter)}  (${context.source})`));
}

/** Throws `not_found` if no filter has this name. */
async function turnOn(invocation: Invocation, name: string): Promise<void> {
  const { io, format } = invocation;
  const filter = await findFilter(await invocation.workspace(), name);
  writeSetting(io, "context", filter.name);
  if (format === "json") printJson(invocation, { name: filter.name, filter: filter.text, source: configPath(io) });
  else if (format !== "quiet") printText(invocation, `Context ${describeFilter(filter)}`);
  noteVariable(invocation);
}

function turnOff(invocation: Invocation): void {
  const { io, format } = invocation;
  const wasOn = removeSetting(io, "context");
  if (format === "json") printJson(invocation, { name: null, filter: null, source: null });
  else if (format !== "quiet") printText(invocation, wasOn ? "The context is off." : "There was no context.");
  noteVariable(invocation);
}

function noteVariable(invocation: Invocation): void {
  const variable = findVariable(invocation.io, "context");
  if (variable !== undefined) printNote(invocation, `${variable} is set and goes before it.`);
}
