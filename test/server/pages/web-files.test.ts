import { describe, expect, test } from "bun:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listPageFiles } from "../../../src/server/pages/files.ts";
import { servePage } from "../../../src/server/pages/pages.ts";
import { listWebFiles } from "../../../src/server/pages/web-files.ts";
import { useApis } from "../../support/server/api.ts";
import { useStartedServers } from "../../support/server/started-servers.ts";

// What `bun run build` made of the page.

const openApi = useApis();
const start = useStartedServers();

const FILES = listWebFiles(null);
const BUILT = join(import.meta.dir, "../../../dist/web");

/** Each path, the file that was built for it, and its type. */
const SERVED = [
  ["/", "index.html", "text/html; charset=utf-8"],
  ["/share", "index.html", "text/html; charset=utf-8"],
  ["/manifest.webmanifest", "manifest.webmanifest", "application/manifest+json"],
  ["/sw.js", "sw.js", "text/javascript; charset=utf-8"],
  ["/app/main.js", "main.js", "text/javascript; charset=utf-8"],
  ["/app/worker.js", "worker.js", "text/javascript; charset=utf-8"],
  ["/app/temporal.js", "temporal.js", "text/javascript; charset=utf-8"],
  ["/app/sqlite3.wasm", "sqlite3.wasm", "application/wasm"],
  ["/app/style.css", "style.css", "text/css; charset=utf-8"],
  ["/app/icon.svg", "icon.svg", "image/svg+xml"],
  ["/app/icon-180.png", "icon-180.png", "image/png"],
  ["/app/icon-192.png", "icon-192.png", "image/png"],
  ["/app/icon-512.png", "icon-512.png", "image/png"],
  ["/app/icon-maskable.png", "icon-maskable.png", "image/png"],
] as const;
/** Documents and workers, which have a policy of their own. */
const GUARDED = ["/", "/share", "/sw.js", "/app/worker.js"];

function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const file = FILES[path];
  if (!file) throw new Error(`${path} is not served`);
  return servePage(path, file, new Request(`http://127.0.0.1${path}`, { headers }));
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

describe("the files of the page", () => {
  test("are these, in the place of the page about the server", () => {
    const paths = SERVED.map(([path]) => path);
    expect(Object.keys(FILES).toSorted()).toEqual(paths.toSorted());
    const withPage = Object.keys(listPageFiles(FILES));
    const alone = Object.keys(listPageFiles(null));
    expect(withPage.filter((path) => !alone.includes(path)).toSorted()).toEqual(
      paths.filter((path) => path !== "/").toSorted(),
    );
    expect(alone.filter((path) => !withPage.includes(path))).toEqual(["/page.css"]);
  });

  test.each(SERVED)(
    "%s is %s as it was built, in each coding, and asked for at each visit",
    async (path, name, type) => {
      const built = readFileSync(join(BUILT, name));
      const plain = await get(path);
      expect([plain.status, plain.headers.get("content-type")]).toEqual([200, type]);
      expect([plain.headers.get("content-encoding"), await bytesOf(plain)]).toEqual([null, built]);
      const etags = new Set<string | null>();
      for (const [accepted, unpack] of [
        ["gzip, deflate, br, zstd", brotliDecompressSync],
        ["gzip", gunzipSync],
      ] as const) {
        const packed = await get(path, { "accept-encoding": accepted });
        const { headers } = packed;
        const isPicture = type === "image/png";
        const coding = accepted === "gzip" ? "gzip" : "br";
        expect(headers.get("content-encoding")).toBe(isPicture ? null : coding);
        const bytes = await bytesOf(packed);
        expect(isPicture ? bytes : unpack(bytes)).toEqual(built);
        expect([headers.get("cache-control"), headers.get("vary")]).toEqual(["no-cache", "Accept-Encoding, Origin"]);
        const etag = headers.get("etag") ?? "";
        etags.add(etag);
        const again = await get(path, { "accept-encoding": accepted, "if-none-match": etag });
        expect([again.status, again.headers.get("etag"), (await bytesOf(again)).length]).toEqual([304, etag, 0]);
      }
      expect(etags.size).toBe(type === "image/png" ? 1 : 2);
    },
  );

  test("say of documents and workers what they may load, and of nothing else", async () => {
    for (const [path] of SERVED) {
      const { headers } = await get(path);
      expect([path, headers.get("content-security-policy")]).toEqual([
        path,
        GUARDED.includes(path)
          ? "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
            "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
            "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types todo"
          : null,
      ]);
      const isDocument = path === "/" || path === "/share";
      expect(headers.get("cross-origin-opener-policy")).toBe(isDocument ? "same-origin" : null);
    }
  });

  test("may ask the issuer of tokens, and no other host", () => {
    const files = listWebFiles("https://app.example.com/api/auth/token?x=1");
    for (const path of GUARDED) expect(files[path]?.policy).toContain("connect-src 'self' https://app.example.com; ");
  });

  test("name nothing by a path of the root, so that they work below any path", async () => {
    const page = await (await get("/")).text();
    const named = [...page.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, url]) => url ?? "");
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((url) => /^(?:\/|\w+:)/.test(url))).toEqual([]);
    const paths = named.map((url) => URL.parse(url, "http://a.test/")?.pathname ?? "");
    expect(paths.filter((path) => !Object.hasOwn(FILES, path))).toEqual([]);
  });
});

describe("a server with the page", () => {
  const pages = listPageFiles(FILES);

  test("has it below its path, and leads there who forgets a slash or adds one", async () => {
    const api = openApi({ basePath: "/todo", pages });
    const locate = async (path: string) => {
      const { status, headers } = await api.send("GET", path, { as: null });
      return [status, headers.get("location")];
    };
    expect(await locate("/todo/")).toEqual([200, null]);
    expect(await locate("/todo")).toEqual([308, "/todo/"]);
    expect(await locate("/todo/share?title=x")).toEqual([200, null]);
    expect(await locate("/todo/share/?title=x")).toEqual([308, "/todo/share?title=x"]);
    expect(await locate("/todo/app/main.js")).toEqual([200, null]);
    expect(await locate("/app/main.js")).toEqual([404, null]);
  });

  test("says which methods its files take", async () => {
    const api = openApi({ pages });
    for (const [path] of SERVED) {
      const { status, headers } = await api.send("POST", path, { as: null });
      expect([path, status, headers.get("allow")]).toEqual([path, 405, "GET, HEAD"]);
    }
  });

  test("answers over the network, also to HEAD, with the headers that every reply has", async () => {
    const { url } = start({ listWebFiles, env: { TODO_WEB_TOKEN_URL: "https://app.example.com/api/auth/token" } });
    for (const [path, , type] of SERVED) {
      const response = await fetch(url + path, { headers: { "accept-encoding": "identity" } });
      const { byteLength } = await response.arrayBuffer();
      const head = await fetch(url + path, { method: "HEAD", headers: { "accept-encoding": "identity" } });
      for (const { status, headers } of [response, head]) {
        expect([path, status, headers.get("content-type")]).toEqual([path, 200, type]);
        expect([headers.get("x-content-type-options"), headers.get("referrer-policy")]).toEqual([
          "nosniff",
          "no-referrer",
        ]);
      }
      expect(head.headers.get("content-length")).toBe(String(byteLength));
    }
    const { headers } = await fetch(`${url}/`);
    expect(headers.get("content-security-policy")).toContain("connect-src 'self' https://app.example.com;");
    expect((await fetch(`${url}/page.css`)).status).toBe(404);
  });

  test("has none of it if it serves the API alone, but the page about the server", async () => {
    const { url } = start();
    expect(await (await fetch(`${url}/`)).text()).toContain("todo login");
    for (const [path] of SERVED.filter(([each]) => each !== "/")) expect((await fetch(url + path)).status).toBe(404);
    expect((await fetch(`${url}/app/config.json`)).status).toBe(404);
    const login = await fetch(`${url}/api/web/login`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "content-type": "application/json" },
      body: '{"email":"ada@example.com","password":"x"}',
    });
    expect(login.status).toBe(404);
  });
});
