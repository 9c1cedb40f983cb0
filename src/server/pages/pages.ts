import { chooseCoding } from "../http/content-coding.ts";
import { isKnown } from "../http/etag.ts";
import { codingsOf, loadBody } from "./bodies.ts";
import type { PageFile, PageSource } from "./page-file.ts";

/** Serves a page or one of its files at its path, on a server below `basePath`. */
export function servePage(path: string, file: PageFile, request: Request, basePath = ""): Promise<Response> {
  // A slash too many at the end, or one too few at the root, would lead to other parts: pages name them relative to themselves.
  const [asked = "", query] = request.url.split("?", 2);
  if (file.isPage && asked.endsWith("/") !== (path === "/")) {
    const location = `${basePath}${path}${query === undefined ? "" : `?${query}`}`;
    return Promise.resolve(new Response(null, { status: 308, headers: { location } }));
  }
  return serve({ ...file, source: placeBelow(file.source, basePath) }, request);
}

function placeBelow(source: PageSource, basePath: string): PageSource {
  if (source.kind === "packed" || source.root === undefined || basePath === "") return source;
  return { ...source, replace: [source.root, source.root.replace("/", basePath)] };
}

async function serve(file: PageFile, { method, headers: asked }: Request): Promise<Response> {
  const encoding = chooseCoding(asked.get("Accept-Encoding"), codingsOf(file));
  const { bytes, etag } = await loadBody(file.source, encoding);
  const headers = new Headers({
    "Content-Type": file.type,
    "Cache-Control": file.cache,
    ETag: etag,
    Vary: "Accept-Encoding, Origin",
  });
  if (file.policy !== undefined) headers.set("Content-Security-Policy", file.policy);
  // A page that opened this one in a window, or is opened by it, has no hold of it.
  if (file.isPage) headers.set("Cross-Origin-Opener-Policy", "same-origin");
  if (isKnown(asked.get("If-None-Match") ?? undefined, etag)) return new Response(null, { status: 304, headers });
  if (encoding !== "identity") headers.set("Content-Encoding", encoding);
  // The router removes the body of an answer to HEAD, and the length with it.
  if (method === "HEAD") headers.set("Content-Length", String(bytes.byteLength));
  return new Response(bytes, { headers });
}
