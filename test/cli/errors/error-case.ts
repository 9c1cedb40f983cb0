import type { Setup, Terminal } from "../../support/cli/terminal.ts";

/** Something that goes wrong for a user. The name is that of the golden file. */
export type ErrorCase = {
  readonly name: string;
  /** The command line without `todo`. `--json` is put behind its first word to see the error for programs. */
  readonly argv: readonly string[];
  readonly exit: number;
  readonly setup?: Partial<Setup>;
  /** What the user did before. */
  readonly given?: (terminal: Terminal) => Promise<unknown>;
  /** Paths of this machine that the error names, which get another name in the golden file. */
  readonly hide?: string;
};

export const LONG = "x".repeat(501);
export const MANY_TAGS = Array.from({ length: 51 }, (_, number) => `+tag${number}`);
