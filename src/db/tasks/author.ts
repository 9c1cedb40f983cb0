import type { Engine } from "../engine.ts";
import type { WriteStatements } from "./write-statements.ts";

/** Whose tasks are written, and what with. */
export type Author = { readonly engine: Engine; readonly statements: WriteStatements; readonly user: string };
