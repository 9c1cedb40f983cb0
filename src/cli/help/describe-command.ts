import type { Command, Option } from "commander";
import { GLOBAL_HEADING, GLOBAL_OPTIONS } from "../global-options.ts";
import type { Row, Section } from "./sections.ts";
import { TOPICS } from "./topics.ts";

/** The help of the program: all commands in their groups, and the options that commands share. */
export function describeProgram(program: Command): Section[] {
  const commands = program.createHelp().visibleCommands(program);
  const groups = Map.groupBy(commands, (command) => command.helpGroup());
  return withoutEmpty([
    { paragraphs: [toSentence(program.summary())] },
    { paragraphs: ["Usage: todo [command] [options]"] },
    { heading: "Examples", examples: program.facts?.examples ?? [] },
    ...[...groups].map(([heading, members]) => ({ heading, rows: members.map(toRow) })),
    { heading: "Help topics", rows: TOPICS.map(({ name, summary }): Row => [name, summary]) },
    { heading: "Options", rows: listOwnOptions(program) },
    { heading: GLOBAL_HEADING, rows: Object.values(GLOBAL_OPTIONS) },
    { paragraphs: ["See todo help COMMAND for a command, and todo help TOPIC for a topic."] },
  ]);
}

/** The help of a command: its own options in full, and those that commands share by name. */
export function describeCommand(command: Command): Section[] {
  const commands = command.createHelp().visibleCommands(command);
  const { examples = [], notes = [] } = command.facts ?? {};
  return withoutEmpty([
    { paragraphs: [toSentence(command.summary())] },
    { paragraphs: [`Usage: ${describeUsage(command)}`, ...command.aliases().map((alias) => `Alias: todo ${alias}`)] },
    { heading: "Examples", examples },
    { heading: "Arguments", rows: command.registeredArguments.map((each): Row => [each.name(), each.description]) },
    { heading: "Commands", rows: commands.map(toRow) },
    { heading: "Options", rows: listOwnOptions(command).filter(([flags]) => flags !== HELP_FLAGS) },
    ...notes,
    { paragraphs: [nameGlobalOptions(command)] },
  ]);
}

function withoutEmpty(sections: readonly Section[]): Section[] {
  return sections.filter(({ paragraphs, rows, examples }) => (paragraphs ?? rows ?? examples ?? []).length > 0);
}

const HELP_FLAGS = "-h, --help";

function listOwnOptions(command: Command): Row[] {
  const helper = command.createHelp();
  const own = helper.visibleOptions(command).filter((option) => !isGlobal(option));
  return own.map((option) => [option.flags, helper.optionDescription(option)]);
}

/** `Global options: --json -q (only handles) --color --db; see todo --help` */
function nameGlobalOptions(command: Command): string {
  const names = command.options.filter((option) => isGlobal(option) && !option.hidden && !option.negate);
  const quiet = command.facts?.quiet;
  const texts = names.map(({ short, long }) => (short && quiet ? `${short} (only ${quiet})` : (short ?? long)));
  return texts.length === 0 ? "" : `${GLOBAL_HEADING}: ${texts.join(" ")}; see todo --help`;
}

function isGlobal({ helpGroupHeading }: Option): boolean {
  return helpGroupHeading === GLOBAL_HEADING;
}

function describeUsage(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const name = argument.name() + (argument.variadic ? "..." : "");
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const choice = command.commands.length > 0 ? ["[command]"] : [];
  return [nameCommand(command), ...choice, ...words, "[options]"].join(" ");
}

/** The words to type for a command, such as `todo db migrate`. */
export function nameCommand(command: Command): string {
  return command.parent ? `${nameCommand(command.parent)} ${command.name()}` : command.name();
}

function toRow(command: Command): Row {
  return [command.name(), command.summary()];
}

function toSentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
