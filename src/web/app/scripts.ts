/** The scripts that the page runs beside itself. No other URL becomes one, whatever a task or an address says. */
const SCRIPTS = ["app/worker.js", "app/temporal.js", "sw.js"] as const;

const rules = {
  createScriptURL: (url: string) => {
    if (SCRIPTS.some((script) => resolve(script).href === url)) return url;
    throw new TypeError(`${url} is no script of this page`);
  },
};

/** Made once: the page may have no second one of its name. */
let policy: TrustedPolicy | undefined;

/** The URL of a script, as browsers with Trusted Types want it. */
export function scriptUrl(script: (typeof SCRIPTS)[number]): URL {
  const { href } = resolve(script);
  policy ??= window.trustedTypes?.createPolicy("todo", rules);
  return policy?.createScriptURL(href) ?? new URL(rules.createScriptURL(href));
}

function resolve(path: string): URL {
  return new URL(path, document.baseURI);
}
