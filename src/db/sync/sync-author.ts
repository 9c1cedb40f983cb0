import type { Author } from "../tasks/author.ts";
import type { SyncStatements } from "./statements.ts";

/** Whose tasks are synced, and what with. */
export type SyncAuthor = Author & { readonly statements: SyncStatements };
