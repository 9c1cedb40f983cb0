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
import { ASKED_FOR, CSS, HTML, JAVASCRIPT, KEPT, type PageFile, type PageTable, pathOf } from "./page-file.ts";
import { POLICIES } from "./policies.ts";
import redocInit from "./docs/redoc-init.js" with { type: "file" };
import redocPage from "./docs/redoc.html" with { type: "file" };
import swaggerInit from "./docs/swagger-init.js" with { type: "file" };
import swaggerPage from "./docs/swagger.html" with { type: "file" };

/** The source of ReDoc's logo. If the image is empty, ReDoc leaves the logo out. */
const REDOC_LOGO = ["https://cdn.redoc.ly/redoc/logo-mini.svg", "data:,"] as const;

/** The only server that the description of the API names. */
const DESCRIBED_ROOT = '"url": "/"';

/** The pages of the API. They name their parts relative to themselves, so they work below any path. */
const API_FILES = {
  "/openapi.json": {
    source: { kind: "plain", path: pathOf(description), root: DESCRIBED_ROOT },
    type: "application/json",
    cache: ASKED_FOR,
  },
  "/docs": page(swaggerPage, POLICIES.swagger),
  "/docs/page.css": style(pageStyle),
  "/docs/swagger-ui.css": style(swaggerStyle),
  "/docs/swagger-ui-bundle.js": script(swaggerScript),
  "/docs/init.js": script(swaggerInit),
  "/redoc": page(redocPage, POLICIES.redoc),
  "/redoc/redoc.standalone.js": {
    ...script(redocScript),
    source: { kind: "plain", path: redocScript, replace: REDOC_LOGO },
  },
  "/redoc/init.js": script(redocInit),
  "/device": page(devicePage, POLICIES.device),
  // Must never be older than the page, which refers to their parts by name.
  "/device/page.css": { ...style(deviceStyle), cache: ASKED_FOR },
  "/device/page.js": { ...script(deviceScript), cache: ASKED_FOR },
} as const satisfies PageTable;

/** What people see who open a server of the API alone. */
const HOME_FILES = {
  "/": page(homePage, POLICIES.home),
  "/page.css": { ...style(homeStyle), cache: ASKED_FOR },
} as const satisfies PageTable;

/** All files of a server: with the page in browsers, or with a page about the server in its place. */
export function listPageFiles(web: PageTable | null): PageTable {
  return { ...(web ?? HOME_FILES), ...API_FILES };
}

function page(module: unknown, policy: string): PageFile {
  return { source: { kind: "plain", path: pathOf(module) }, type: HTML, cache: ASKED_FOR, isPage: true, policy };
}

function style(path: string): PageFile {
  return { source: { kind: "plain", path }, type: CSS, cache: KEPT };
}

function script(path: string): PageFile {
  return { source: { kind: "plain", path }, type: JAVASCRIPT, cache: KEPT };
}
