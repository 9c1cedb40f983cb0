import { signal } from "@preact/signals";
import type { Place } from "../../protocol.ts";
import { change } from "./act.ts";
import { isAt } from "./route.ts";
import { focused, focusRequest } from "./selection.ts";
import { branches, fold, placeAfterStep } from "./tree.ts";

/** Where a task that is dragged would go: before or behind a row, or under it. */
export const dropTarget = signal<{ readonly id: string; readonly side: "before" | "after" | "under" } | null>(null);
/** The task that is dragged. */
export const dragged = signal<string | null>(null);

const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" } as const;

/** Moves the focused task by Alt and an arrow, and folds it by the arrow alone. */
export function startTreeKeys(): void {
  document.addEventListener("keydown", (event) => {
    const { value: id } = focused;
    const isRow = event.target instanceof HTMLElement && event.target.closest(".row") !== null;
    if (!isAt("tree") || id === null || !isRow || event.ctrlKey || event.metaKey) return;
    const step = Object.entries(STEPS).find(([key]) => key === event.key)?.[1];
    if (step === undefined || (!event.altKey && (step === "up" || step === "down"))) return;
    event.preventDefault();
    if (event.altKey) void move(id, placeAfterStep(id, step));
    else fold(id, step === "out");
  });
}

/** Puts the dragged task where it was let go. */
export async function drop(): Promise<void> {
  const { value: id } = dragged;
  const { value: target } = dropTarget;
  dragged.value = null;
  dropTarget.value = null;
  if (id === null || target === null || id === target.id) return;
  const parent = branches.value.get(target.id)?.parent ?? null;
  await move(id, target.side === "under" ? { parent: target.id } : { parent, [target.side]: target.id });
}

async function move(id: string, place: Place | undefined): Promise<void> {
  if (!place) return;
  if (place.parent !== null) fold(place.parent, false);
  if (await change("move", { id, place })) focusRequest.value += 1;
}
