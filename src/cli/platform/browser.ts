/** The commands that open a page. Other systems use `xdg-open`. */
const OPENERS: Readonly<Record<string, readonly string[]>> = { darwin: ["open"], win32: ["explorer"] };

/**
 * Shows a page in the user's browser, and answers whether there seems to be one: not over SSH, and not without a
 * screen.
 */
export function openBrowser(url: string): boolean {
  const { env, platform } = process;
  const hasScreen = platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
  if (env["SSH_CONNECTION"] || !(hasScreen || env["BROWSER"])) return false;
  const opener = env["BROWSER"] ? [env["BROWSER"]] : (OPENERS[platform] ?? ["xdg-open"]);
  try {
    Bun.spawn([...opener, url], { stdin: "ignore", stdout: "ignore", stderr: "ignore" }).unref();
    return true;
  } catch {
    return false;
  }
}
