import type { Command } from "commander";
import type { CommandContext } from "./context.ts";

/** Adds a command to the program. `createFullProgram` makes a program with all commands, for what looks them up. */
export type Register = (program: Command, context: CommandContext, createFullProgram: () => Promise<Command>) => void;

/** Commands by name in their groups, in the order in which the help shows them. */
export type CommandGroups = Readonly<Record<string, Readonly<Record<string, Register>>>>;
