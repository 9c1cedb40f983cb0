import { z } from "zod";
import { formatRows } from "../page.ts";
import { CHROMIUM } from "./browser.ts";

const PROGRAM = "node_modules/lighthouse/cli/index.js";

/** What Lighthouse measures of a first visit, with what is wanted at most on a phone and on a desktop. */
const AUDITS = [
  { id: "first-contentful-paint", what: "first contentful paint", phone: 1500, desktop: 400 },
  { id: "largest-contentful-paint", what: "largest contentful paint", phone: 1800, desktop: 600 },
  { id: "total-blocking-time", what: "total blocking time", phone: 50, desktop: 50 },
  { id: "cumulative-layout-shift", what: "layout shift", phone: 0.05, desktop: 0.05 },
] as const;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;

const reply = z.object({
  lighthouseVersion: z.string(),
  categories: z.record(z.string(), z.object({ score: z.number() })),
  audits: z.record(z.string(), z.object({ numericValue: z.number().optional() })),
});

/** A table of a first visit on a phone and on a desktop. Lighthouse is made for Node, and runs on it. */
export async function measureFirstVisit(url: string): Promise<string> {
  const phone = await visit(url, []);
  const desktop = await visit(url, ["--preset=desktop"]);
  const scores = CATEGORIES.map((id) => {
    const of = ({ categories }: z.infer<typeof reply>) => String(Math.round((categories[id]?.score ?? 0) * 100));
    return [`${id.replace("-", " ")}, of 100`, "98 and 100, at least", of(phone), of(desktop)];
  });
  const times = AUDITS.map(({ id, what, phone: onPhone, desktop: onDesktop }) => {
    const show = (value: number) => (value < 1 && value > 0 ? value.toFixed(3) : value.toFixed(0));
    const of = ({ audits }: z.infer<typeof reply>) => show(audits[id]?.numericValue ?? Number.NaN);
    return [what, `${onPhone} and ${onDesktop}`, of(phone), of(desktop)];
  });
  const title = `a first visit, by Lighthouse ${phone.lighthouseVersion}`;
  return formatRows([title, "wanted", "phone", "desktop"], [...scores, ...times]);
}

async function visit(url: string, more: readonly string[]): Promise<z.infer<typeof reply>> {
  const flags = `--headless=new --disable-gpu ${process.getuid?.() === 0 ? "--no-sandbox" : ""}`;
  const child = Bun.spawn(["node", PROGRAM, url, "--quiet", "--output=json", `--chrome-flags=${flags}`, ...more], {
    env: { ...process.env, CHROME_PATH: CHROMIUM },
    stderr: "ignore",
  });
  return reply.parse(JSON.parse(await child.stdout.text()));
}
