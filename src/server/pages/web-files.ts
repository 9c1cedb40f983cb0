import icon180 from "../../../dist/web/icon-180.png" with { type: "file" };
import icon192 from "../../../dist/web/icon-192.png" with { type: "file" };
import icon512 from "../../../dist/web/icon-512.png" with { type: "file" };
import iconMaskable from "../../../dist/web/icon-maskable.png" with { type: "file" };
import iconBr from "../../../dist/web/icon.svg.br" with { type: "file" };
import iconGzip from "../../../dist/web/icon.svg.gz" with { type: "file" };
import indexBr from "../../../dist/web/index.html.br" with { type: "file" };
import indexGzip from "../../../dist/web/index.html.gz" with { type: "file" };
import mainBr from "../../../dist/web/main.js.br" with { type: "file" };
import mainGzip from "../../../dist/web/main.js.gz" with { type: "file" };
import manifestBr from "../../../dist/web/manifest.webmanifest.br" with { type: "file" };
import manifestGzip from "../../../dist/web/manifest.webmanifest.gz" with { type: "file" };
import sqliteBr from "../../../dist/web/sqlite3.wasm.br" with { type: "file" };
import sqliteGzip from "../../../dist/web/sqlite3.wasm.gz" with { type: "file" };
import styleBr from "../../../dist/web/style.css.br" with { type: "file" };
import styleGzip from "../../../dist/web/style.css.gz" with { type: "file" };
import serviceWorkerBr from "../../../dist/web/sw.js.br" with { type: "file" };
import serviceWorkerGzip from "../../../dist/web/sw.js.gz" with { type: "file" };
import temporalBr from "../../../dist/web/temporal.js.br" with { type: "file" };
import temporalGzip from "../../../dist/web/temporal.js.gz" with { type: "file" };
import workerBr from "../../../dist/web/worker.js.br" with { type: "file" };
import workerGzip from "../../../dist/web/worker.js.gz" with { type: "file" };
import { ASKED_FOR, CSS, HTML, JAVASCRIPT, type PageFile, type PageTable } from "./page-file.ts";
import { writeWebPolicy } from "./policies.ts";

/**
 * The files of the page in browsers, which `scripts/build-web.ts` makes. They load apart, because a server of the API alone needs
 * none of them. `tokenUrl` is where the page gets tokens of another issuer.
 */
export function listWebFiles(tokenUrl: string | null): PageTable {
  const policy = writeWebPolicy(tokenUrl);
  const page = { ...pack(indexBr, indexGzip, HTML), isPage: true, policy };
  return {
    "/": page,
    // What another app shares opens the page.
    "/share": page,
    "/manifest.webmanifest": pack(manifestBr, manifestGzip, "application/manifest+json"),
    // A worker has the policy of its own reply.
    "/sw.js": { ...pack(serviceWorkerBr, serviceWorkerGzip, JAVASCRIPT), policy },
    "/app/worker.js": { ...pack(workerBr, workerGzip, JAVASCRIPT), policy },
    "/app/main.js": pack(mainBr, mainGzip, JAVASCRIPT),
    "/app/temporal.js": pack(temporalBr, temporalGzip, JAVASCRIPT),
    "/app/sqlite3.wasm": pack(sqliteBr, sqliteGzip, "application/wasm"),
    "/app/style.css": pack(styleBr, styleGzip, CSS),
    "/app/icon.svg": pack(iconBr, iconGzip, "image/svg+xml"),
    "/app/icon-180.png": picture(icon180),
    "/app/icon-192.png": picture(icon192),
    "/app/icon-512.png": picture(icon512),
    "/app/icon-maskable.png": picture(iconMaskable),
  };
}

function pack(br: string, gzip: string, type: string): PageFile {
  return { source: { kind: "packed", br, gzip }, type, cache: ASKED_FOR };
}

function picture(path: string): PageFile {
  return { source: { kind: "plain", path }, type: "image/png", cache: ASKED_FOR };
}
