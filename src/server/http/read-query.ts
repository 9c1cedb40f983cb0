import { TodoError } from "../../domain/errors.ts";
import { shorten } from "../../domain/task/text.ts";

/** No parameter has a longer name. */
const MAX_NAME_CHARACTERS = 50;

/** Parameters that may be given several times. */
const REPEATABLE: ReadonlySet<string> = new Set(["tag"]);

/** The parameters of an address. Throws `invalid_input` for a repeated one and for escapes that are not UTF-8. */
export function readQuery(url: string): Readonly<Record<string, string | string[]>> {
  const start = url.indexOf("?");
  if (start === -1) return {};
  const parameters = new Map<string, string[]>();
  for (const pair of url.slice(start + 1).split("&")) {
    if (pair === "") continue;
    const [name = "", ...rest] = pair.split("=");
    const key = decode(name);
    parameters.set(key, [...(parameters.get(key) ?? []), decode(rest.join("="))]);
  }
  return Object.fromEntries([...parameters].map(([name, values]) => [name, take(name, values)]));
}

function take(name: string, [first = "", ...more]: readonly string[]): string | string[] {
  if (REPEATABLE.has(name)) return [first, ...more];
  if (more.length === 0) return first;
  throw new TodoError("invalid_input", "a parameter is repeated", {
    issues: [{ path: shorten(name, MAX_NAME_CHARACTERS), message: "it is given more than once" }],
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (cause) {
    throw new TodoError("invalid_input", "the address has an escape that is not UTF-8", {
      issues: [{ path: "", message: "a % is not followed by the hex digits of UTF-8" }],
      cause,
    });
  }
}
