/** Only files of this host, and nothing inline. The pictures of the pages are in their style sheets or scripts. */
const PAGE = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "data:",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
} as const;

/**
 * The `<style>` elements that ReDoc 2.5.4 makes. styled-components fills an empty one through the CSSOM, which no
 * policy forbids, so the hash of an empty text is enough. The other one is the style sheet of perfect-scrollbar, the
 * same in each browser.
 */
const REDOC_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
];

/**
 * The Content-Security-Policy of the page in browsers and of its workers, which have their own. It loads SQLite as WebAssembly, and
 * only its policy `todo` makes addresses of scripts. `tokenUrl` is where it gets tokens of another issuer.
 */
export function writeWebPolicy(tokenUrl: string | null): string {
  const issuer = tokenUrl === null ? [] : [new URL(tokenUrl).origin];
  const { "base-uri": base, "form-action": form, "frame-ancestors": frames, ...loaded } = PAGE;
  const own = {
    ...loaded,
    "script-src": "'self' 'wasm-unsafe-eval'",
    "img-src": "'self' data:",
    "connect-src": ["'self'", ...issuer].join(" "),
    "manifest-src": "'self'",
    "worker-src": "'self'",
  };
  const closed = { "base-uri": base, "form-action": form, "frame-ancestors": frames };
  return write({ ...own, ...closed, "require-trusted-types-for": "'script'", "trusted-types": "todo" });
}

/** The Content-Security-Policy of each page. Other replies have the common one, which lets nothing be loaded. */
export const POLICIES = {
  home: write({ ...PAGE, "script-src": "'none'", "connect-src": "'none'" }),
  swagger: write(PAGE),
  device: write(PAGE),
  // ReDoc searches in a worker, which it creates from a text.
  redoc: write({ ...PAGE, "style-src": ["'self'", ...REDOC_STYLES].join(" "), "worker-src": "blob:" }),
} as const;

function write(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
