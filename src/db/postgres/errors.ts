import { type ErrorCode, TodoError } from "../../domain/errors.ts";

/** A failure between this program and the database. */
export type Failure = {
  /** The server's SQLSTATE if it answered one, else a word of the driver's. */
  readonly state: string;
  /** True when it is certain that nothing was written. */
  readonly isUndone: boolean;
};

/** The server did nothing that it refused. Only if it ends or breaks, nobody knows what it had done by then. */
export function classifyState(state: string): Failure {
  return { state, isUndone: !/^(08|57P0[12]|XX)/.test(state) };
}

type Explanation = {
  readonly states: RegExp;
  readonly code: ErrorCode;
  readonly reason: string;
  readonly hints?: readonly string[];
  /** True if another attempt may succeed. */
  readonly passes?: boolean;
  readonly retryAfter?: number;
};

const LOOK_FIRST = "The change may have been made all the same: look before you make it again.";
/** The hint for a schema that is not the needed one. */
export const MIGRATE = "Bring it up to date, as its owner: todo db migrate";

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). The first that fits counts. */
const EXPLANATIONS: readonly Explanation[] = [
  { states: /^53100/, code: "full_disk", reason: "its disk is full", retryAfter: 30 },
  { states: /^25006/, code: "read_only_store", reason: "it can only be read at the moment", retryAfter: 5 },
  {
    states: /^(40001|40P01|55P03)/,
    code: "locked",
    reason: "others are writing the same tasks",
    passes: true,
    retryAfter: 1,
  },
  { states: /^(57014|25P0[34]|timeout)/, code: "timed_out", reason: "it did not answer in time", retryAfter: 5 },
  refusedUrl(/^28P01/, "it refuses the user or the password"),
  refusedUrl(/^28/, "it refuses this user, or a connection from here, or one without encryption"),
  refusedUrl(/^3D/, "it has no database of that name"),
  refusedUrl(/^tls/, "no encrypted connection to it could be made"),
  {
    states: /^(42P01|42703|42883|3F000)/,
    code: "unavailable",
    reason: "it lacks tables that this version of todo needs",
    hints: [MIGRATE],
    retryAfter: 5,
  },
  {
    states: /^42501/,
    code: "unavailable",
    reason: "its role lacks rights that todo needs",
    hints: [MIGRATE],
    retryAfter: 30,
  },
  {
    states: /^(08|53|57P|58|XX|connection|refused|http)/,
    code: "unavailable",
    reason: "it can't be reached",
    hints: ["Try again in a moment."],
    passes: true,
    retryAfter: 2,
  },
];

/** What only another URL mends. */
function refusedUrl(states: RegExp, reason: string): Explanation {
  return { states, code: "unavailable", reason, hints: ["Check the URL of the database."], retryAfter: 30 };
}

/** Says whether the same may succeed when it is tried again at once. */
export function isPassing({ state }: Failure): boolean {
  return find(state)?.passes === true;
}

/**
 * The server's own words may hold statements and values, so only the state is kept. `place` names the database, `isOpen` says
 * that nobody can tell whether a write was done.
 */
export function explainFailure({ state }: Failure, { place, isOpen }: { place: string; isOpen: boolean }): TodoError {
  const cause = new Error(state);
  const found = find(state);
  if (!found) return new TodoError("internal", `${place}: the database refused a statement`, { cause });
  const { code, reason, retryAfter } = found;
  const hints = isOpen ? [LOOK_FIRST] : (found.hints ?? []);
  return new TodoError(code, `${place}: ${reason}`, { hints, ...(retryAfter && { retryAfter }), cause });
}

function find(state: string): Explanation | undefined {
  return EXPLANATIONS.find(({ states }) => states.test(state));
}
