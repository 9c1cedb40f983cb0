import { type Found, lookUpAll } from "../../config/config.ts";
import { printFacts, printJson, printText } from "../../output/print.ts";
import type { Invocation } from "../../invocation.ts";

/**
 * Prints every setting with its effective value, `--quiet` only the names. Throws `usage` for a value that is not
 * allowed.
 */
export function configList(invocation: Invocation): void {
  const settings = lookUpAll(invocation.io);
  if (invocation.format === "json") {
    const rows = settings.map(({ key, value = null, source = null }) => ({ key, value, source }));
    return printJson(invocation, rows);
  }
  if (invocation.format === "quiet") return printText(invocation, settings.map(({ key }) => key).join("\n"));
  printFacts(
    invocation,
    settings.map((setting) => [setting.key, describe(setting)]),
  );
}

function describe({ value, source }: Found): string {
  if (source === undefined) return "not set";
  return value === undefined ? `not used, because ${source} is set` : `${value}  (${source})`;
}
