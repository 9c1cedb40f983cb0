import redocScript from "redoc/bundles/redoc.standalone.js" with { type: "file" };
import swaggerScript from "swagger-ui-dist/swagger-ui-bundle.js" with { type: "file" };
import swaggerStyle from "swagger-ui-dist/swagger-ui.css" with { type: "file" };
import description from "../../../openapi.json" with { type: "file" };
import devicePage from "./device/page.html" with { type: "file" };
import deviceScript from "./device/page.js" with { type: "file" };
import deviceStyle from "./device/page.css" with { type: "file" };
import homePage from "./home/page.html" with { type: "file" };
import homeStyle from "./home/page.css" with { type: "file" };
import pageStyle from "./docs/page.css" with { type: "file" };
import { POLICIES } from "./policies.ts";
import redocInit from "./docs/redoc-init.js" with { type: "file" };
import redocPage from "./docs/redoc.html" with { type: "file" };
import swaggerInit from "./docs/swagger-init.js" with { type: "file" };
import swaggerPage from "./docs/swagger.html" with { type: "file" };

/** A page or one of its files, and how it is served. */
export type PageFile = {
  /** Its location: in the binary, or on the disk if the program runs from its source. */
  readonly path: string;
  readonly type: string;
  readonly cache: string;
  /** Its Content-Security-Policy, if it differs from the common one. */
  readonly policy?: string;
  /** A part of the text that is replaced. */
  readonly replace?: readonly [from: string, to: string];
  /** The part of the text that names the root, where a server below a path names that. */
  readonly root?: string;
};

// Both change with the program but keep their names. The large ones need not be revalidated at each visit.
const ASKED_FOR = "no-cache";
const KEPT = "public, max-age=3600";

/** The source of ReDoc's logo. If the image is empty, ReDoc leaves the logo out. */
const REDOC_LOGO = ["https://cdn.redoc.ly/redoc/logo-mini.svg", "data:,"] as const;

/** The only server that the description of the API names. */
const DESCRIBED_ROOT = '"url": "/"';

/** Each file by the path of its URL. Pages name their parts relative to themselves, so they work below any path. */
export const PAGE_FILES = {
  "/": page(homePage, POLICIES.home),
  "/page.css": { ...style(homeStyle), cache: ASKED_FOR },
  "/openapi.json": { path: pathOf(description), type: "application/json", cache: ASKED_FOR, root: DESCRIBED_ROOT },
  "/docs": page(swaggerPage, POLICIES.swagger),
  "/docs/page.css": style(pageStyle),
  "/docs/swagger-ui.css": style(swaggerStyle),
  "/docs/swagger-ui-bundle.js": script(swaggerScript),
  "/docs/init.js": script(swaggerInit),
  "/redoc": page(redocPage, POLICIES.redoc),
  "/redoc/redoc.standalone.js": { ...script(redocScript), replace: REDOC_LOGO },
  "/redoc/init.js": script(redocInit),
  "/device": page(devicePage, POLICIES.device),
  // Must never be older than the page, which refers to their parts by name.
  "/device/page.css": { ...style(deviceStyle), cache: ASKED_FOR },
  "/device/page.js": { ...script(deviceScript), cache: ASKED_FOR },
} as const satisfies Readonly<Record<string, PageFile>>;

function page(module: unknown, policy: string): PageFile {
  return { path: pathOf(module), type: "text/html; charset=utf-8", cache: ASKED_FOR, policy };
}

function style(path: string): PageFile {
  return { path, type: "text/css; charset=utf-8", cache: KEPT };
}

function script(path: string): PageFile {
  return { path, type: "text/javascript; charset=utf-8", cache: KEPT };
}

/** TypeScript goes by the ending, and does not take the import of a .json or .html file for a path. */
function pathOf(module: unknown): string {
  if (typeof module === "string") return module;
  // Bun applies the attribute of the first import of a file to all others.
  throw new Error("a file of a page is imported elsewhere with another attribute");
}
