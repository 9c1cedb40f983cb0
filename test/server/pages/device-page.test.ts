import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { useApis } from "../../support/server/api.ts";

// What the page does stands in test/browser/device-page.test.ts, because it takes a browser.

const openApi = useApis();

const FILES = [
  ["/device", "page.html", "text/html; charset=utf-8"],
  ["/device/page.css", "page.css", "text/css; charset=utf-8"],
  ["/device/page.js", "page.js", "text/javascript; charset=utf-8"],
] as const;

function read(name: string): string {
  return readFileSync(join(import.meta.dir, "../../../src/server/pages/device", name), "utf8");
}

describe.each(FILES)("%s", (path, name, type) => {
  test("is served to anyone, whatever token comes with it, and asked for at each visit", async () => {
    for (const headers of [{}, { authorization: "Bearer nonsense" }]) {
      const response = await openApi().send("GET", path, { as: null, headers });
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({ "content-type": type, "cache-control": "no-cache" });
      expect(await response.text()).toBe(read(name));
    }
  });

  test("tells no other site where its reader comes from, and lies in no frame", async () => {
    const { headers } = await openApi().send("GET", path, { as: null });
    expect(Object.fromEntries(headers)).toMatchObject({
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
    });
  });

  test("has the same headers under HEAD, and its length", async () => {
    const api = openApi();
    const [get, head] = [
      await api.send("GET", path, { as: null, headers: { "x-request-id": "same" } }),
      await api.send("HEAD", path, { as: null, headers: { "x-request-id": "same" } }),
    ];
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const length = String(Buffer.byteLength(read(name)));
    expect(Object.fromEntries(head.headers)).toEqual({ ...Object.fromEntries(get.headers), "content-length": length });
  });

  test("is not sent again to who has it", async () => {
    const api = openApi();
    const etag = (await api.send("GET", path, { as: null })).headers.get("etag") ?? "";
    expect(etag).toBe(`"${createHash("sha256").update(read(name)).digest("base64url")}"`);
    for (const method of ["GET", "HEAD"] as const) {
      const again = await api.send(method, path, { as: null, headers: { "if-none-match": etag } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
  });

  test("takes nothing but GET and HEAD", async () => {
    const { status, headers } = await openApi().send("POST", path, { as: null });
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

test("the page may load and ask only this host, and send no form", async () => {
  const { headers } = await openApi().send("GET", "/device?user_code=BCDF-GHJK", { as: null });
  expect(headers.get("content-security-policy")?.split("; ").toSorted()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src data:",
    "script-src 'self'",
    "style-src 'self'",
  ]);
});

test("the line in the log has no code", async () => {
  const api = openApi();
  await api.send("GET", "/device?user_code=BCDF-GHJK", { as: null });
  expect(api.lines).toMatchObject([{ route: "GET /device", status: 200, user: null }]);
  expect(JSON.stringify(api.lines)).not.toContain("BCDF");
});

test("the script keeps nothing, and takes no text for HTML or a program", () => {
  const words =
    /cookie|(?:local|session)Storage|indexedDB|caches|HTML|document\.write|eval|new Function|setTimeout\("/g;
  // What it says about itself in its first line.
  const code = read("page.js").replaceAll(/^\/\/.*$/gm, "");
  expect(code.match(words) ?? []).toEqual([]);
});

describe("in the page", () => {
  const html = read("page.html");
  const all = (attribute: string) =>
    [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, "g"))].map(([, v]) => v ?? "");

  test("every id is there once, and what refers to one finds it", () => {
    const ids = all("id");
    expect(ids.length).toBe(new Set(ids).size);
    const referred = [
      ...all("for"),
      ...all("aria-describedby").flatMap((value) => value.split(" ")),
      ...all("data-show"),
    ];
    expect(referred.length).toBeGreaterThan(10);
    expect(referred.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("every field has a label, and every step and field a place for what is wrong", () => {
    const ids = all("id");
    const fields = [...html.matchAll(/<input\s+(?:class="code"\s+)?id="([^"]*)"/g)].map(([, id]) => id ?? "");
    expect(fields).toHaveLength(6);
    for (const id of fields) {
      expect(all("for")).toContain(id);
      expect(ids).toContain(`${id}-problem`);
    }
    const steps = [...html.matchAll(/class="step" id="([^"]*)"/g)].map(([, id]) => id ?? "");
    expect(steps).toEqual(["sign-in", "create", "find", "decide", "done"]);
    for (const id of steps) expect(ids).toContain(`${id}-problem`);
  });

  test("no form can put what was typed into an address", () => {
    const forms = html.match(/<form[^>]*>/g) ?? [];
    expect(forms).toHaveLength(4);
    for (const form of forms) expect(form).toContain('method="post"');
  });
});

describe("the colours", () => {
  /** The light ones, then what a dark screen changes of them. */
  const [light = {}, dark = {}] = [...read("page.css").matchAll(/:root \{([^}]*)\}/g)].map(([, rules = ""]) =>
    Object.fromEntries([...rules.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name, value]) => [name, value])),
  );

  test.each([
    ["light", light],
    ["dark", { ...light, ...dark }],
  ] as const)("on a %s screen can be told from each other (WCAG 2.2, 1.4.3 and 1.4.11)", (_, colours) => {
    for (const [front, back, least] of [
      ["text", "card", 4.5],
      ["text", "warning", 4.5],
      ["quiet", "card", 4.5],
      ["quiet", "page", 4.5],
      ["problem", "card", 4.5],
      ["on-action", "action", 4.5],
      ["edge", "card", 3],
      ["action", "card", 3],
    ] as const) {
      const contrast = contrastOf(colours[front] ?? "", colours[back] ?? "");
      expect([front, back, contrast >= least]).toEqual([front, back, true]);
    }
  });
});

function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: string): number {
  const digits = colour.slice(1);
  const hex = digits.length === 3 ? digits.replaceAll(/./g, "$&$&") : digits;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
