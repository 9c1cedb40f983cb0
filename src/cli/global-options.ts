import type { Command } from "commander";
import { COLOUR_CHOICES } from "./output/paint.ts";

/** The options that commands share. The help of the program explains them once, that of a command only names them. */
export const GLOBAL_OPTIONS = {
  json: ["--json", "print JSON"],
  ndjson: ["--ndjson", "print JSON, one object per line"],
  quiet: ["-q, --quiet", "print only handles, names or ids; otherwise nothing but errors"],
  color: ["--color <when>", `use colours: ${COLOUR_CHOICES.join(", ")}`],
  noColor: ["--no-color", "the same as --color=never"],
  db: ["--db <path>", "use this database: a file or a postgres:// URL"],
} as const;

export type GlobalOption = keyof typeof GLOBAL_OPTIONS;

/** The heading of these options in the help. */
export const GLOBAL_HEADING = "Global options";

/** Adds one of these options to a command. One that has no effect there is accepted, but the help does not name it. */
export function addGlobalOption(
  command: Command,
  name: GlobalOption,
  { description = GLOBAL_OPTIONS[name][1], isHidden = false }: { description?: string; isHidden?: boolean } = {},
): void {
  const option = command.createOption(GLOBAL_OPTIONS[name][0], description).helpGroup(GLOBAL_HEADING);
  command.addOption(option.hideHelp(isHidden));
}
