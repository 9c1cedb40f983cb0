import type { Target } from "./config/place.ts";
import type { LookFlags } from "./input/list-look.ts";
import type { TaskOutput } from "./output/output.ts";

/** The flags that every command takes. */
export type CommonFlags = {
  readonly db?: string;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly quiet?: boolean;
  /** The text of `--template`, which lists take. */
  readonly template?: string;
  /** The value of `--color`, or false for `--no-color`. */
  readonly color?: string | false;
  readonly pager?: boolean;
  readonly dryRun?: boolean;
  /** False for `--no-context`. */
  readonly context?: boolean;
};

/** The flags of commands that list tasks. */
export type ViewFlags = CommonFlags & LookFlags;

/** The flags of commands that ask a server. */
export type ServerFlags = CommonFlags & { readonly server?: string };

/**
 * One run of a command: the machine, the flags, and the database. `workspace` opens the database at its first use. On a
 * server it throws `unauthorized` or `usage` if no user is known.
 */
export type Invocation = TaskOutput &
  Target & {
    /** The words after `--`. */
    readonly literal: readonly string[];
    /** Whether the context narrows what is listed. */
    readonly usesContext: boolean;
  };
