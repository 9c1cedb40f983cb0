import type { Command } from "commander";
import type { Sink } from "../platform/io.ts";
import { describeCommand, describeProgram } from "./describe-command.ts";
import { formatSections, type Section } from "./sections.ts";

/** Longer lines are hard to read. */
const MAX_COLUMNS = 100;
const COLUMNS_IN_A_PIPE = 80;

/** The help of a command, or of the program, as wide as where it goes. */
export function formatHelp(command: Command, sink: Sink): string {
  return formatFor(sink, command.parent ? describeCommand(command) : describeProgram(command));
}

/** Any help text, as wide as where it goes. */
export function formatFor(sink: Sink, sections: readonly Section[]): string {
  const columns = sink.isTerminal() ? Math.min(sink.columns(), MAX_COLUMNS) : COLUMNS_IN_A_PIPE;
  return formatSections(sections, columns);
}
