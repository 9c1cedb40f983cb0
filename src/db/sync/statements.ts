import type { Dialect } from "../dialect.ts";
import { createWriteStatements, once } from "../tasks/write-statements.ts";
import { selectNext, selectNextWithHead, selectPageWithHead, selectRegisters } from "./page.ts";
import { selectPrecheck } from "./precheck.ts";

export type SyncStatements = ReturnType<typeof createSyncStatements>;

/** The statements of sync, each with the names of its placeholders. One is made when it is used first. */
export function createSyncStatements(dialect: Dialect) {
  return {
    ...createWriteStatements(dialect),
    /** user, revision, tag, changes */
    precheck: once(() => selectPrecheck(dialect)),
    /** user, after, limitAndOne */
    next: once(() => selectNext(dialect)),
    /** The same, with the head. */
    nextWithHead: once(() => selectNextWithHead(dialect)),
    /** user, id */
    registers: once(selectRegisters),
    /** user, after, limit, limitAndOne, maxBytes */
    pageWithHead: once(() => selectPageWithHead(dialect)),
  };
}
