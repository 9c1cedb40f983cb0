import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { servePage } from "../../../src/server/pages/pages.ts";
import { PAGE_PATHS, PAGES } from "../../support/server/pages.ts";

const PEOPLE_OPEN = ["/", "/docs", "/redoc", "/device"];
const ASSETS = PAGE_PATHS.filter((path) => /\.(?:css|js)$/.test(path));

async function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const file = PAGES[path];
  if (!file) throw new Error(`${path} is not served`);
  return servePage(path, file, new Request(`http://127.0.0.1${path}`, { headers }));
}

/** The directives of a page's policy, each with its sources. */
async function readPolicy(path: string): Promise<Record<string, string[]>> {
  const header = (await get(path)).headers.get("content-security-policy") ?? "";
  const directives = header.split("; ").map((directive) => directive.split(" "));
  return Object.fromEntries(directives.map(([name = "", ...sources]) => [name, sources]));
}

test("serves the description, each page and what it loads", () => {
  expect(PAGE_PATHS.toSorted()).toEqual([
    "/",
    "/device",
    "/device/page.css",
    "/device/page.js",
    "/docs",
    "/docs/init.js",
    "/docs/page.css",
    "/docs/swagger-ui-bundle.js",
    "/docs/swagger-ui.css",
    "/openapi.json",
    "/page.css",
    "/redoc",
    "/redoc/init.js",
    "/redoc/redoc.standalone.js",
  ]);
});

test("the description is the committed file, byte for byte", async () => {
  const response = await get("/openapi.json");
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.text()).toBe(readFileSync(join(import.meta.dir, "../../../openapi.json"), "utf8"));
});

test.each([
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
])("what ends with %s is %s", async (ending, type) => {
  for (const path of ASSETS.filter((asset) => asset.endsWith(ending))) {
    const { status, headers } = await get(path);
    expect({ path, status, type: headers.get("content-type") }).toEqual({ path, status: 200, type });
  }
});

test.each(ASSETS.filter((path) => /^\/(?:docs|redoc)\//.test(path)))("%s is kept for an hour", async (path) => {
  expect((await get(path)).headers.get("cache-control")).toBe("public, max-age=3600");
});

test.each([...PEOPLE_OPEN, "/openapi.json", "/page.css", "/device/page.css", "/device/page.js"])(
  "%s is asked for at each visit",
  async (path) => {
    expect((await get(path)).headers.get("cache-control")).toBe("no-cache");
  },
);

test.each(PAGE_PATHS)("%s is not sent again to who has it", async (path) => {
  for (const encoding of ["identity", "gzip"]) {
    const asked = { "accept-encoding": encoding };
    const { headers } = await get(path, asked);
    const etag = headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const again = await get(path, { ...asked, "if-none-match": `"other", W/${etag}` });
    expect({ status: again.status, etag: again.headers.get("etag"), body: await again.text() }).toEqual({
      status: 304,
      etag,
      body: "",
    });
    expect((await get(path, { ...asked, "if-none-match": '"other"' })).status).toBe(200);
  }
});

test.each(PAGE_PATHS)("%s is the same file with gzip, under another tag", async (path) => {
  const plain = await get(path);
  const packed = await get(path, { "accept-encoding": "br, gzip;q=0.8" });
  expect([plain.headers.get("content-encoding"), packed.headers.get("content-encoding")]).toEqual([null, "gzip"]);
  expect([plain.headers.get("vary"), packed.headers.get("vary")]).toEqual([
    "Accept-Encoding, Origin",
    "Accept-Encoding, Origin",
  ]);
  expect(packed.headers.get("etag")).not.toBe(plain.headers.get("etag"));
  const unpacked = Bun.gunzipSync(await packed.arrayBuffer());
  expect(unpacked).toEqual(new Uint8Array(await plain.arrayBuffer()));
});

test.each(["", "br", "gzip;q=0", "gzip; q=0.000", "x-gzip-like", "identity"])(
  "nothing is packed for Accept-Encoding: %p",
  async (accepted) => {
    const response = await get("/docs/page.css", { "accept-encoding": accepted });
    expect(response.headers.get("content-encoding")).toBeNull();
  },
);

test("/docs may load only what this host serves, and pictures inside of its style sheet", async () => {
  expect(await readPolicy("/docs")).toEqual({
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["data:"],
    "connect-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
  });
});

test("/redoc may also start its worker and use its two style elements", async () => {
  const { "style-src": styles, "worker-src": workers, ...rest } = await readPolicy("/redoc");
  const { "style-src": _, ...docs } = await readPolicy("/docs");
  expect(rest).toEqual(docs);
  expect(workers).toEqual(["blob:"]);
  const nothing = new Bun.CryptoHasher("sha256").update("").digest("base64");
  expect(styles).toEqual(["'self'", `'sha256-${nothing}'`, expect.stringMatching(/^'sha256-[\w+/]{43}='$/)]);
});

test.each(PEOPLE_OPEN)("%s is in no hold of a page of another origin that opened it", async (path) => {
  expect((await get(path)).headers.get("cross-origin-opener-policy")).toBe("same-origin");
});

test.each(PEOPLE_OPEN)("%s has nothing inline, and all that it names is served", async (path) => {
  const page = await (await get(path)).text();
  expect(page).not.toMatch(/<style|\son\w+=|\sstyle=|<script(?![^>]*\ssrc=)/);
  const named = [...page.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, url]) => url ?? "");
  expect(named.length).toBeGreaterThan(2);
  const paths = named.filter((url) => url !== "data:,").map((url) => URL.parse(url, `http://a.test${path}`)?.pathname);
  expect(paths.filter((served) => served === undefined || !PAGE_PATHS.includes(served))).toEqual([]);
  // Below a path they must not lead to the root.
  expect(named.filter((url) => url.startsWith("/"))).toEqual([]);
});

test.each(ASSETS)("%s names no file of another host", async (path) => {
  const text = await (await get(path)).text();
  const files = /["'`](?:https?:)?\/\/[^"'`\s]+\.(?:css|gif|ico|jpe?g|m?js|png|svg|ttf|webp|woff2?)(?=["'`?#])/g;
  expect(text.match(files) ?? []).toEqual([]);
  expect(text).not.toMatch(/@import|url\(\s*["']?(?:https?:)?\/\//);
  expect(text).not.toMatch(/fonts\.g(?:oogleapis|static)\.com|unpkg\.com|jsdelivr\.net|cdnjs|cdn\.redoc/);
});

test("Swagger UI shows the description to no validator and forgets the token with the page", async () => {
  const init = await (await get("/docs/init.js")).text();
  expect(init).toContain('validatorUrl: "none"');
  expect(init).toContain("persistAuthorization: false");
});
