import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";

/** Rows beyond what is seen, so that quick scrolling shows no gap. */
const OVERSCAN = 12;

type VirtualListProps<Row> = {
  readonly rows: readonly Row[];
  readonly label: string;
  /** The height of a row in rem. */
  readonly heightOf: (row: Row) => number;
  readonly keyOf: (row: Row) => string;
  /** The row that stays mounted when it is scrolled away, because it has the focus. */
  readonly kept: string | null;
  readonly children: (row: Row, style: { readonly top: string; readonly height: string }) => ComponentChildren;
};

/** A list that has only the rows in view in the document, however many there are. */
export function VirtualList<Row>({ rows, label, heightOf, keyOf, kept, children }: VirtualListProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const view = useSignal({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const scroller = current.closest(".scroller");
    if (!scroller) return undefined;
    const look = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const top = (scroller.getBoundingClientRect().top - current.getBoundingClientRect().top) / rem;
      view.value = { top, height: scroller.clientHeight / rem };
    };
    const observer = new ResizeObserver(look);
    observer.observe(scroller);
    scroller.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", look);
    };
  }, []);
  // To go through all rows takes too long for each frame of scrolling.
  const { tops, total } = useMemo(() => stackRows(rows, heightOf), [rows, heightOf]);
  const keptAt = useMemo(() => rows.findIndex((row) => keyOf(row) === kept), [rows, keyOf, kept]);
  const first = Math.max(0, findAt(tops, view.value.top) - OVERSCAN);
  const last = Math.min(rows.length, findAt(tops, view.value.top + view.value.height) + OVERSCAN);
  const mounted = rows.slice(first, last).map((row, at) => ({ row, at: first + at }));
  const keptRow = rows[keptAt];
  if (keptRow && keptAt < first) mounted.unshift({ row: keptRow, at: keptAt });
  if (keptRow && keptAt >= last) mounted.push({ row: keptRow, at: keptAt });
  return (
    <div ref={box} class="virtual" role="list" aria-label={label} style={{ height: `${total}rem` }}>
      {mounted.map(({ row, at }) => children(row, { top: `${tops[at]}rem`, height: `${heightOf(row)}rem` }))}
    </div>
  );
}

/** Where each row begins, and how high all are together. */
function stackRows<Row>(rows: readonly Row[], heightOf: (row: Row) => number) {
  const tops: number[] = [];
  let total = 0;
  for (const row of rows) {
    tops.push(total);
    total += heightOf(row);
  }
  return { tops, total };
}

/** The last row that begins at or before a place. */
function findAt(tops: readonly number[], place: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
