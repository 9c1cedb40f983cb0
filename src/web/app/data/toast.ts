import { signal } from "@preact/signals";
import type { TodoError } from "../../../domain/errors.ts";
import { describeError } from "./describe-error.ts";
import type { Done } from "../../protocol.ts";

/** A word on what has just happened. */
export type Toast = { readonly words: string; readonly canUndo: boolean; readonly isFailure: boolean };

const SHOWN_MS = 8000;

export const toast = signal<Toast | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says what was done, with a button to undo it. */
export function showDone({ words }: Done, { canUndo = true } = {}): void {
  show({ words, canUndo, isFailure: false });
}

/** Says why something was not done. */
export function showFailure(error: TodoError): void {
  show({ words: describeError(error), canUndo: false, isFailure: true });
}

export function hideToast(): void {
  toast.value = null;
}

/** What went wrong is over when somebody goes elsewhere. */
export function hideFailure(): void {
  if (toast.value?.isFailure) hideToast();
}

function show(next: Toast): void {
  clearTimeout(timer);
  toast.value = next;
  timer = setTimeout(hideToast, SHOWN_MS);
}
