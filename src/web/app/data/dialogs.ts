import { signal } from "@preact/signals";

/** The dialog that is open. `edit` begins with some words, such as `due:`. */
export type OpenDialog =
  { readonly kind: "keys" } | { readonly kind: "palette" } | { readonly kind: "edit"; readonly words: string };

export const dialog = signal<OpenDialog | null>(null);

export function openDialog(next: OpenDialog): void {
  dialog.value = next;
}

export function closeDialog(): void {
  dialog.value = null;
}
