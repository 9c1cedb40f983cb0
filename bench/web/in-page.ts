import type { Page } from "playwright-core";

// What only the page itself can tell: when something was drawn, and how long each frame took. As text, because it runs there.

/** Notes how long each key takes until what it changed is drawn, as "Interaction to Next Paint" does (https://web.dev/articles/inp). */
const WATCH_KEYS = `
  window.slowestKey = 0;
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (name.startsWith("key")) window.slowestKey = Math.max(window.slowestKey, duration);
  }).observe({ type: "event", durationThreshold: 16 });`;

/** Notes the time between any two frames, and of how many the list had no row in a place that is seen. */
const WATCH_FRAMES = `
  window.frames_ = { times: [], blank: 0 };
  (() => {
    const noted = window.frames_;
    const hasBlank = () => {
      const view = document.querySelector(".scroller").getBoundingClientRect();
      const list = document.querySelector(".virtual").getBoundingClientRect();
      const seen = ({ top, bottom }) => Math.max(0, Math.min(bottom, view.bottom) - Math.max(top, view.top));
      let covered = 0;
      for (const row of document.querySelectorAll(".virtual > *")) covered += seen(row.getBoundingClientRect());
      return covered < seen(list) - 1;
    };
    let last = performance.now();
    const look = (now) => {
      if (window.frames_ !== noted) return;
      noted.times.push(now - last);
      last = now;
      if (hasBlank()) noted.blank += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })()`;

/**
 * Resolves with the milliseconds from the next Enter until a row with a title is drawn, and until the page says that the task is added,
 * which it does when it is on disk.
 */
const WATCH_ADDING = `
  window.added = (title) => new Promise((resolve) => {
    let start, drawn, said;
    addEventListener("keydown", ({ timeStamp }) => (start = timeStamp), { capture: true, once: true });
    const has = (selector) => [...document.querySelectorAll(selector)].some((each) => each.textContent.includes(title));
    const afterDrawing = () => new Promise((done) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage(null);
    }));
    const observer = new MutationObserver(() => {
      if (!drawn && has(".row .title")) drawn = afterDrawing();
      if (!said && has("[role=status]")) said = performance.now();
      if (!drawn || !said) return;
      observer.disconnect();
      void drawn.then((row) => resolve({ row: row - start, word: said - start }));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  })`;

export type Frames = { readonly times: readonly number[]; readonly blank: number };

/** Does work and answers the longest that a key took meanwhile. Keys that take less than a frame are not told. */
export async function watchKeys(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(WATCH_KEYS);
  await work();
  return Number(await page.evaluate("window.slowestKey"));
}

/** Does work and answers the frames meanwhile. */
export async function watchFrames(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(WATCH_FRAMES);
  await work();
  const noted = await page.evaluate<Frames>(
    "(() => { const noted = window.frames_; window.frames_ = null; return noted; })()",
  );
  // The first one is that in which this began.
  return { times: noted.times.slice(1), blank: noted.blank };
}

/** Does what adds a task, and answers the milliseconds from the key to the row and to the word about it. */
export async function watchAdding(page: Page, title: string, work: () => Promise<void>) {
  await page.evaluate(WATCH_ADDING);
  const added = page.evaluate<{ readonly row: number; readonly word: number }>(
    `window.added(${JSON.stringify(title)})`,
  );
  await work();
  return added;
}
