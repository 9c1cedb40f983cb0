import type { Command } from "commander";
import { hasCode } from "../../domain/errors.ts";
import { addCommonOptions, type CommandContext, NO_CONTEXT_OPTION, NO_PAGER_OPTION } from "../context.ts";
import { addGlobalOption } from "../global-options.ts";
import { findOwnSetting } from "../config/config.ts";
import { OVERVIEW } from "../input/command-line.ts";
import { hasContext, readListFilter } from "../input/list-filter.ts";
import { readView, type ViewName } from "../input/view-names.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { escapeControls } from "../../domain/escape.ts";
import { isForReading } from "../output/output.ts";
import { printNote } from "../output/print.ts";
import { list } from "./list.ts";

/** The hidden command that `todo` alone runs. */
export function registerOverview(program: Command, context: CommandContext): void {
  const command = program.command(OVERVIEW, { hidden: true });
  for (const name of ["json", "ndjson", "quiet"] as const) addGlobalOption(command, name);
  command.option(...NO_CONTEXT_OPTION).option(...NO_PAGER_OPTION);
  addCommonOptions(command).action((flags: CommonFlags) => overview(context.start(flags), flags));
}

type ShowView = (invocation: Invocation, terms: readonly string[], flags: CommonFlags) => Promise<void>;

/** What shows each view that `todo` alone can be. */
const VIEWS: Readonly<Record<ViewName, () => Promise<ShowView>>> = {
  overview: async () => showOverview,
  list: async () => list,
  today: async () => (await import("./today.ts")).today,
  next: async () => (await import("./next.ts")).next,
  upcoming: async () => (await import("./upcoming.ts")).upcoming,
  agenda: async () => (await import("./agenda.ts")).agenda,
  calendar: async () => (await import("./calendar.ts")).calendar,
  tree: async () => (await import("./tree.ts")).tree,
};

/** Shows on a terminal the view that its user chose. Programs and pipes get the whole list. */
async function overview(invocation: Invocation, flags: CommonFlags): Promise<void> {
  if (!isForReading(invocation)) return list(invocation, [], flags);
  const chosen = findOwnSetting(invocation.io, "view") ?? "overview";
  const view = readView(chosen, "view");
  if (view === undefined) return listFilter(invocation, chosen, flags);
  const show = await VIEWS[view]();
  return show(invocation, [], flags);
}

/** Lists a saved filter. If it was removed since, the overview comes in its place, and a note says how to choose another view. */
async function listFilter(invocation: Invocation, term: string, flags: CommonFlags): Promise<void> {
  try {
    await list(invocation, [term], flags);
  } catch (error) {
    if (!hasCode(error, "not_found", "invalid_input", "usage", "ambiguous")) throw error;
    const { describeBrokenView } = await import("../input/view-filter.ts");
    const broken = await describeBrokenView(invocation);
    // The context can be what is wrong, too.
    if (broken === undefined) throw error;
    printNote(invocation, escapeControls(broken));
    await showOverview(invocation);
  }
}

/** Shows what fits on the terminal. */
async function showOverview(invocation: Invocation): Promise<void> {
  const { printOverview } = await import("../output/overview.ts");
  return printOverview(invocation, hasContext(invocation) ? await readListFilter(invocation, []) : []);
}
