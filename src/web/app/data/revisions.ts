import { signal } from "@preact/signals";

/** Grows when saved filters were changed, here or elsewhere. */
export const filtersRevision = signal(0);
