import { chooseCoding } from "../http/content-coding.ts";
import { isKnown } from "../http/etag.ts";
import { loadBody } from "./bodies.ts";
import { PAGE_FILES, type PageFile } from "./files.ts";

export type PagePath = keyof typeof PAGE_FILES;

/** The paths that are served, all of them with GET. */
export const PAGE_PATHS: readonly PagePath[] = Object.keys(PAGE_FILES).filter(isPagePath);

/** Serves a page or one of its files, on a server below `basePath`. Answers null for any other path. */
export function servePage(path: PagePath, request: Request, basePath?: string): Promise<Response>;
export function servePage(path: string, request: Request, basePath?: string): Promise<Response> | null;
export function servePage(path: string, request: Request, basePath = ""): Promise<Response> | null {
  if (!isPagePath(path)) return null;
  const file: PageFile = PAGE_FILES[path];
  // A slash too many at the end, or one too few at the root, would lead to other parts: pages name them relative to themselves.
  const [asked = "", query] = request.url.split("?", 2);
  if (file.policy !== undefined && asked.endsWith("/") !== (path === "/")) {
    const location = `${basePath}${path}${query === undefined ? "" : `?${query}`}`;
    return Promise.resolve(new Response(null, { status: 308, headers: { location } }));
  }
  return serve(placeBelow(file, basePath), request);
}

function placeBelow(file: PageFile, basePath: string): PageFile {
  if (file.root === undefined || basePath === "") return file;
  return { ...file, replace: [file.root, file.root.replace("/", basePath)] };
}

function isPagePath(path: string): path is PagePath {
  return Object.hasOwn(PAGE_FILES, path);
}

async function serve(file: PageFile, { method, headers: asked }: Request): Promise<Response> {
  // It shrinks three megabytes to one.
  const encoding = chooseCoding(asked.get("Accept-Encoding"), ["gzip"]);
  const { bytes, etag } = await loadBody(file, encoding);
  const headers = new Headers({
    "Content-Type": file.type,
    "Cache-Control": file.cache,
    ETag: etag,
    Vary: "Accept-Encoding, Origin",
  });
  if (file.policy !== undefined) {
    headers.set("Content-Security-Policy", file.policy);
    // A page that opened this one in a window, or is opened by it, has no hold of it.
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
  }
  if (isKnown(asked.get("If-None-Match") ?? undefined, etag)) return new Response(null, { status: 304, headers });
  if (encoding === "gzip") headers.set("Content-Encoding", encoding);
  // The router removes the body of an answer to HEAD, and the length with it.
  if (method === "HEAD") headers.set("Content-Length", String(bytes.byteLength));
  return new Response(bytes, { headers });
}
