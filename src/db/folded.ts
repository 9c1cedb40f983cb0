/** Between the folded title and the folded description. No folded text has a capital, so no search finds one that lies across both. */
export const FOLD_SEPARATOR = "A";
