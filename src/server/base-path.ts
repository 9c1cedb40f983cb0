import { TodoError } from "../domain/errors.ts";

/** One or more segments of characters that mean themselves in a URL, and no `.` or `..`, which URLs resolve. */
const BASE_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/;

/** The base URL and the base path of a server. */
export type ServerAddress = {
  /** The public base URL, without a slash at its end, or null if it is not set. */
  readonly publicUrl: string | null;
  /** The path that all routes are below, such as `/todo`. Empty for the root. */
  readonly basePath: string;
};

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads TODO_PUBLIC_URL and TODO_BASE_PATH. Either may give the path, and both must give the same: links made with one
 * would lead past the routes of the other. Throws `usage`.
 */
export function readServerAddress(env: Env): ServerAddress {
  const publicUrl = readPublicUrl(env["TODO_PUBLIC_URL"]);
  const publicPath = publicUrl === null ? "" : publicUrl.slice(new URL(publicUrl).origin.length);
  const basePath = readBasePath(env["TODO_BASE_PATH"]) ?? publicPath;
  if (publicUrl === null || publicPath === basePath) return { publicUrl, basePath };
  throw new TodoError("usage", "TODO_PUBLIC_URL and TODO_BASE_PATH have different paths", {
    hints: [`Write TODO_PUBLIC_URL as: ${new URL(publicUrl).origin}${basePath}`],
  });
}

function readPublicUrl(text = ""): string | null {
  if (text === "") return null;
  const url = URL.parse(text);
  const path = url?.pathname.replace(/\/$/, "") ?? "";
  const isBase = url && /^https?:$/.test(url.protocol) && !/[?#]/.test(text) && !url.username && !url.password;
  if (isBase && (path === "" || BASE_PATH.test(path))) return url.origin + path;
  throw new TodoError("usage", "TODO_PUBLIC_URL is not the address of a server", {
    hints: ["Write it as: https://todo.example.com or https://example.com/todo"],
  });
}

/** Undefined if it is not set. `/` is the root. */
function readBasePath(text = ""): string | undefined {
  if (text === "") return undefined;
  const path = text.replace(/\/$/, "");
  if (path === "" || BASE_PATH.test(path)) return path;
  throw new TodoError("usage", "TODO_BASE_PATH is not a path", {
    hints: ["Write it as: /todo", "It can have letters, digits, and - . _ ~ between slashes."],
  });
}
