import type { Section } from "./sections.ts";

/** What the help of a command says besides its arguments and options. */
export type HelpFacts = {
  readonly examples: readonly string[];
  /** Sections that follow the options. */
  readonly notes?: readonly Section[];
  /** What is printed with -q, if anything. */
  readonly quiet?: string;
};

declare module "commander" {
  interface Command {
    facts?: HelpFacts;
  }
}
