import { TodoError } from "../../domain/errors.ts";
import { connect } from "./reconnect.ts";
import { HERE } from "./errors.ts";
import { createPieceFile, type PieceFile } from "./file-system.ts";
import { COMMITS, type DbTransaction, type IndexedDb, PIECES, PREVIEW, STATE } from "./indexed-db.ts";
import { listenToOtherPages } from "./other-pages.ts";
import { keepPreview } from "./preview.ts";
import { bringTo, NOTHING, readState, type State, writeAll, writeChanged } from "./records.ts";

const STORES = [PIECES, COMMITS, STATE];

/** When work is kept: at its end, or if a hold is on at the end of that. */
export type Keeping = "at once" | "after hold";

/** A file whose pieces are in memory and in IndexedDB. What is done to it is done by one after another. */
export type Disk = {
  readonly file: PieceFile;
  /** Does work on the newest state, in one go, and resolves when what it changed is kept. If it throws a refusal, it has taken back all. */
  readonly transact: <Result>(work: () => Result, keeping?: Keeping) => Promise<Result>;
  /** Waits for work under way, and brings what other pages have committed. */
  readonly refresh: () => Promise<void>;
  readonly replace: (file: PieceFile) => Promise<void>;
  readonly hold: () => Promise<void>;
  /** Throws `locked` if another page has committed since something was held. That is gone then. */
  readonly release: () => Promise<void>;
  readonly subscribe: (onCommit: () => void) => () => void;
  readonly keepPreview: (value: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/**
 * Opens a file, which is empty if there was none. `onReset` is called when memory is filled with another state than the one that SQLite
 * has seen last, so that it forgets what it knows: its cache looks at a counter alone, which two states may have in common.
 */
export async function openPages(indexedDB: IndexedDb, name: string, onReset: () => void): Promise<Disk> {
  const connection = await connect(indexedDB, name);
  const others = listenToOtherPages(name);
  const file = createPieceFile();
  const takeTurn = createTurns();
  /** The state that is in memory, or undefined if nobody knows. */
  let known: State | undefined;
  let isHeld = false;
  /** Whether memory has something that the end of the hold will keep. */
  let isUnkept = false;

  const forget = () => {
    known = undefined;
    isUnkept = false;
    file.dirty.clear();
  };
  const arrive = (state: State) => {
    known = state;
    file.dirty.clear();
    isUnkept = false;
  };
  const catchUp = async (transaction: DbTransaction): Promise<State> => {
    const state = await readState(transaction);
    if (isSame(state, known)) return state;
    // What was held has another state as its ground.
    if (isUnkept) forget();
    if (state.generation !== known?.generation) onReset();
    await bringTo(transaction, file, { from: known ?? NOTHING, to: state });
    arrive(state);
    return state;
  };
  const refresh = async () => {
    if (isUnkept || (known && others.newest() <= known.version)) return;
    await connection.run({ stores: STORES, mode: "readonly" }, catchUp);
  };
  /** A refusal has taken back what it did. Nobody knows what is left in memory of anything else. */
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TodoError)) forget();
      else if (!isUnkept) file.dirty.clear();
      throw error;
    }
  };
  const keep = async <Result>(work: () => Result): Promise<Result> => {
    let hasBegun = false;
    let isChanged = false;
    let next: State | undefined;
    const access = { stores: STORES, mode: "readwrite" } as const;
    const workInTransaction = async (transaction: DbTransaction) => {
      const state = await catchUp(transaction);
      hasBegun = true;
      const result = attempt(work);
      isChanged = file.dirty.size > 0;
      if (isChanged) next = writeChanged(transaction, file, state);
      return result;
    };
    const result = await connection
      .run(access, workInTransaction, () => hasBegun)
      .catch((error: unknown) => {
        // The work is done in memory and not kept.
        if (isChanged) forget();
        throw error;
      });
    if (next) {
      arrive(next);
      others.tell(next.version);
    }
    return result;
  };
  const holdBack = async <Result>(work: () => Result): Promise<Result> => {
    await refresh();
    const result = attempt(work);
    isUnkept ||= file.dirty.size > 0;
    return result;
  };

  await refresh().catch((error: unknown) => {
    others.close();
    connection.close();
    throw error;
  });
  return {
    file,
    transact: (work, keeping = "at once") =>
      takeTurn(() => (isHeld && keeping === "after hold" ? holdBack(work) : keep(work))),
    refresh: () => takeTurn(refresh),
    replace: (other) =>
      takeTurn(async () => {
        const access = { stores: [...STORES, PREVIEW], mode: "readwrite" } as const;
        const next = await connection.run(access, async (transaction) =>
          writeAll(transaction, other, await readState(transaction)),
        );
        onReset();
        file.pieces.clear();
        for (const [no, piece] of other.pieces) file.pieces.set(no, piece);
        file.size = other.size;
        arrive(next);
        others.tell(next.version);
      }),
    hold: () =>
      takeTurn(async () => {
        isHeld = true;
      }),
    release: () =>
      takeTurn(async () => {
        isHeld = false;
        if (isUnkept) await keep(() => assertKept(isUnkept));
      }),
    subscribe: others.subscribe,
    keepPreview: (value) => keepPreview(connection, value),
    close: () =>
      takeTurn(async () => {
        others.close();
        connection.close();
      }),
    remove: () =>
      takeTurn(async () => {
        others.close();
        await connection.remove();
      }),
  };
}

/** Runs what is asked for one after another, in the order in which it was. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

function isSame(one: State, other: State | undefined): boolean {
  return one.generation === other?.generation && one.version === other.version;
}

function assertKept(isUnkept: boolean): void {
  if (isUnkept) return;
  throw new TodoError("locked", `${HERE}: another page has changed it meanwhile`, {
    hints: ["Sync again."],
    retryAfter: 1,
  });
}
