import type { WireParsedText } from "../contract/parse-schema.ts";
import type { ErrorCode } from "../domain/errors.ts";
import type { Agenda } from "../domain/agenda/agenda.ts";
import type { Reason } from "../domain/query/bands.ts";
import type { Condition } from "../domain/query/query.ts";
import type { SavedFilter } from "../domain/query/saved-filters.ts";
import type { Fields, Scalar } from "../domain/task/registers.ts";
import type { Patch, Task } from "../domain/task/task.ts";

// What the page and its worker say to each other. All of it can be cloned from one to the other.

/** Whose database it is. `server` is false for one that follows no server. */
export type Owner = { readonly account: string; readonly user: string; readonly server: boolean };

/** Tasks that changed, and in words what was done: `Completed “Pay rent”`. */
export type Done = { readonly words: string; readonly ids: readonly string[] };

/** What can be done with tasks that are named by their ids, and needs no more. */
export type TaskAction = "complete" | "reopen" | "cancel" | "delete" | "restore" | "skip" | "start" | "stop";

/** Where a task goes among others: under a parent, or null for none, before or behind one of its children. */
export type Place = { readonly parent: string | null; readonly before?: string; readonly after?: string };

/** A task of `next`, and why it stands there. */
export type NextTask = { readonly id: string; readonly reason: Reason };

/** How a task repeats, in words, and when it is due after this. */
export type Series = { readonly words: string; readonly coming: readonly string[] };

/** A register of a task before and after a change, in words. null: it had or has no value. */
export type LoggedChange = {
  readonly field: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Whether the name says it all, as of tags. */
  readonly isFlag: boolean;
  /** The value that it had, and whether it can get that again. */
  readonly old: Scalar;
  readonly canPutBack: boolean;
  /** Whether a sync took the place of what was written here. */
  readonly replacedOwn: boolean;
};

/** An entry of the log. */
export type LogEntry = {
  readonly key: string;
  readonly at: string;
  /** What was done with the task: `completed`. */
  readonly verb: string;
  /** The node of the device that made the change. null for this database. */
  readonly device: string | null;
  readonly id: string;
  readonly title: string | null;
  readonly changes: readonly LoggedChange[];
};

/** A change that the server refused. */
export type Refused = {
  readonly id: string;
  readonly field: string;
  readonly message: string;
  readonly title: string | null;
};

/** How the browser's database and the server agree. Times are Unix milliseconds. */
export type SyncState =
  | { readonly kind: "alone" }
  | { readonly kind: "syncing"; readonly received: number; readonly isFirst: boolean }
  | { readonly kind: "synced"; readonly at: number; readonly unsent: number; readonly refused: number }
  | {
      readonly kind: "failed";
      readonly code: ErrorCode;
      readonly message: string;
      readonly unsent: number;
      readonly refused: number;
    };

/** What the worker keeps for the page to show before it is ready itself: the first rows of the list, and how many it has. */
export type Preview = { readonly tasks: readonly Task[]; readonly count: number };

/** Each method of the worker: what it takes and what it answers. */
export type Methods = {
  /** Opens the database of an account, and makes it if there is none. To be called once, before all others. */
  open: { takes: Owner; gives: void };
  /** The access token to sync with. null: nobody is signed in. */
  authorize: { takes: { readonly token: string | null }; gives: void };
  /** Adds a task for each line, in the words of `todo add`. */
  add: { takes: { readonly text: string }; gives: Done & { readonly notes: readonly string[] } };
  /** What `add` would make of a line. */
  preview: { takes: { readonly text: string }; gives: WireParsedText };
  /** Changes tasks by words, as `todo edit` does. */
  edit: { takes: { readonly ids: readonly string[]; readonly words: string }; gives: Done };
  /** Changes tasks by fields. `every` is how they repeat, in words. */
  patch: {
    takes: { readonly ids: readonly string[]; readonly patch: Patch & { readonly every?: string | null } };
    gives: Done;
  };
  act: { takes: { readonly ids: readonly string[]; readonly action: TaskAction }; gives: Done };
  move: { takes: { readonly id: string; readonly place: Place }; gives: Done };
  note: { takes: { readonly id: string; readonly text: string }; gives: Done };
  removeNote: { takes: { readonly id: string; readonly note: string }; gives: Done };
  /** null: there is nothing to take back. */
  undo: { takes: null; gives: Done | null };
  redo: { takes: null; gives: Done | null };
  /** The conditions of a filter. What is not open is left out unless the filter asks for it. */
  filter: { takes: { readonly text: string }; gives: readonly Condition[] };
  next: { takes: null; gives: readonly NextTask[] };
  agenda: { takes: { readonly days: number }; gives: Agenda };
  /** How a task repeats, in the words of `every:`, and its next so many due dates. */
  series: { takes: { readonly id: string; readonly count: number }; gives: Series };
  filters: { takes: null; gives: readonly SavedFilter[] };
  saveFilter: { takes: SavedFilter; gives: void };
  removeFilter: { takes: { readonly name: string }; gives: void };
  log: { takes: { readonly id?: string; readonly limit: number }; gives: readonly LogEntry[] };
  /** Gives registers of a task the values again that they had, as a new edit. */
  putBack: { takes: { readonly id: string; readonly values: Fields }; gives: Done };
  refused: { takes: null; gives: readonly Refused[] };
  /** How many tasks have changes that the server does not have. */
  countUnsent: { takes: null; gives: number };
  sync: { takes: null; gives: void };
  /** The bytes of a `todo.db`. */
  readFile: { takes: null; gives: Uint8Array<ArrayBuffer> };
  replaceFile: { takes: { readonly bytes: Uint8Array<ArrayBuffer> }; gives: void };
  /**
   * Brings what this browser has without an account into this database, and removes the other one. Answers how many tasks came.
   */
  adopt: { takes: null; gives: { readonly count: number } };
  /** Closes the database and removes it from this browser. */
  remove: { takes: null; gives: void };
};

export type MethodName = keyof Methods;

/** A call of the page. */
export type Call<Name extends MethodName = MethodName> = {
  [Each in Name]: { readonly id: number; readonly name: Each; readonly takes: Methods[Each]["takes"] };
}[Name];

/** An error, as it crosses from the worker to the page. `at` and `length` are a place in the text that was given. */
export type Failure = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hints: readonly string[];
  readonly at?: number;
  readonly length?: number;
};

export type Answer =
  | { readonly kind: "answer"; readonly id: number; readonly gives: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly failure: Failure };

/** What the worker says by itself. */
export type Notice =
  /** Tasks are new or were changed. `whole`: there are no others than these and what follows. `last`: all have come now. */
  | { readonly kind: "tasks"; readonly tasks: readonly Task[]; readonly whole: boolean; readonly last: boolean }
  /** Saved filters were changed. */
  | { readonly kind: "filters" }
  | { readonly kind: "sync"; readonly state: SyncState }
  /** Of what was not sent yet, a sync between these times (Unix milliseconds) has replaced so many values by later ones. */
  | { readonly kind: "overruled"; readonly from: number; readonly to: number; readonly count: number }
  /** The access token has run out. */
  | { readonly kind: "token" };

export type FromWorker = Answer | Notice;
