/** Makes the pictures of the page from its drawings with the Chromium of this machine: `bun scripts/make-icons.ts`. */
import { chromium } from "playwright-core";

const SHELL = "src/web/shell";
const PICTURES = [
  { from: "icon.svg", to: "icon-192.png", size: 192 },
  { from: "icon.svg", to: "icon-512.png", size: 512 },
  // iOS rounds the corners itself.
  { from: "icon-maskable.svg", to: "icon-180.png", size: 180 },
  { from: "icon-maskable.svg", to: "icon-maskable.png", size: 512 },
];

const browser = await chromium.launch({ executablePath: Bun.which("chromium") ?? "chromium", args: ["--no-sandbox"] });
for (const { from, to, size } of PICTURES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const drawing = Buffer.from(await Bun.file(`${SHELL}/${from}`).bytes()).toString("base64");
  await page.setContent(
    `<style>* { margin: 0 }</style><img width="${size}" src="data:image/svg+xml;base64,${drawing}">`,
  );
  await page.screenshot({ path: `${SHELL}/${to}`, omitBackground: true });
  await page.close();
}
await browser.close();
