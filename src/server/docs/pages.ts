import { isKnown } from "../etag.ts";
import { type Encoding, loadBody } from "./bodies.ts";
import { DOCS_FILES, type DocsFile } from "./files.ts";

export type DocsPath = keyof typeof DOCS_FILES;

/** The paths that are served, all of them with GET. */
export const DOCS_PATHS: readonly DocsPath[] = Object.keys(DOCS_FILES).filter(isDocsPath);

/** Serves a page or asset of the documentation, or answers null for a path that is none. */
export function serveDocs(path: DocsPath, request: Request): Promise<Response>;
export function serveDocs(path: string, request: Request): Promise<Response> | null;
export function serveDocs(path: string, request: Request): Promise<Response> | null {
  return isDocsPath(path) ? serve(DOCS_FILES[path], request.headers) : null;
}

function isDocsPath(path: string): path is DocsPath {
  return Object.hasOwn(DOCS_FILES, path);
}

async function serve(file: DocsFile, asked: Headers): Promise<Response> {
  const encoding = chooseEncoding(asked.get("Accept-Encoding") ?? "");
  const { bytes, etag } = await loadBody(file, encoding);
  const headers = new Headers({
    "Content-Type": file.type,
    "Cache-Control": file.cache,
    ETag: etag,
    Vary: "Accept-Encoding, Origin",
  });
  if (file.policy !== undefined) headers.set("Content-Security-Policy", file.policy);
  if (isKnown(asked.get("If-None-Match") ?? undefined, etag)) return new Response(null, { status: 304, headers });
  if (encoding === "gzip") headers.set("Content-Encoding", encoding);
  return new Response(bytes, { headers });
}

/** Gzip for whoever takes it: three megabytes become one. */
function chooseEncoding(accepted: string): Encoding {
  const gzip = accepted.split(",").find((coding) => /^\s*gzip\s*(?:;|$)/i.test(coding));
  return gzip === undefined || /;\s*q=0(?:\.0*)?\s*$/i.test(gzip) ? "identity" : "gzip";
}
