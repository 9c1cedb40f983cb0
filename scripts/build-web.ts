/** Builds the page in the browser: `dist/web`, each file as it is, and packed by Brotli and gzip. */
import { mkdir, rm } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const OUT = "dist/web";
const WASM = Bun.fileURLToPath(import.meta.resolve("@sqlite.org/sqlite-wasm/sqlite3.wasm"));
const SHELL = "src/web/shell";
/** What the page needs to start without a network, by its path below the page's own. */
const PRECACHED = [
  "",
  "app/main.js",
  "app/worker.js",
  "app/sqlite3.wasm",
  "app/style.css",
  "app/icon.svg",
  "manifest.webmanifest",
];

type Files = Map<string, Uint8Array<ArrayBuffer>>;

/** Makes all files of the page anew. Throws if a part can't be built. */
export async function buildWeb(): Promise<void> {
  const files: Files = new Map([
    ["main.js", await bundle("src/web/app/main.tsx")],
    ["worker.js", await bundle("src/web/worker/main.ts")],
    ["temporal.js", await bundle(`${SHELL}/temporal.ts`)],
    ["style.css", await bundle(`${SHELL}/style.css`)],
    ["sqlite3.wasm", await Bun.file(WASM).bytes()],
  ]);
  for (const name of [
    "index.html",
    "manifest.webmanifest",
    "icon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable.png",
    "icon-180.png",
  ]) {
    files.set(name, await Bun.file(`${SHELL}/${name}`).bytes());
  }
  files.set("sw.js", await bundle("src/web/service-worker/main.ts", describePrecache(files)));
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  for (const [name, bytes] of files) await keep(name, bytes);
}

/** Makes one script or sheet of what the entry imports, as the page gets it. */
export async function bundle(entry: string, define: Record<string, string> = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { outputs } = await Bun.build({ entrypoints: [entry], target: "browser", minify: true, define });
  const [output] = outputs;
  if (!output) throw new Error(`${entry} gave nothing`);
  return new Uint8Array(await output.arrayBuffer());
}

/** The name of the cache changes with any of the files. */
function describePrecache(files: Files): Record<string, string> {
  const hash = new Bun.CryptoHasher("sha256");
  for (const [name, bytes] of files) hash.update(name).update(bytes);
  return { PRECACHED: JSON.stringify(PRECACHED), VERSION: JSON.stringify(hash.digest("hex").slice(0, 16)) };
}

async function keep(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const quality = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  };
  await Bun.write(`${OUT}/${name}`, bytes);
  await Bun.write(`${OUT}/${name}.br`, brotliCompressSync(bytes, quality));
  await Bun.write(`${OUT}/${name}.gz`, gzipSync(bytes, { level: 9 }));
}

if (import.meta.main) await buildWeb();
