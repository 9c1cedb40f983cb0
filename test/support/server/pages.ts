import { listPageFiles } from "../../../src/server/pages/files.ts";

/** The pages of a server of the API alone, which need no build, and their paths. */
export const PAGES = listPageFiles(null);
export const PAGE_PATHS: readonly string[] = Object.keys(PAGES);
