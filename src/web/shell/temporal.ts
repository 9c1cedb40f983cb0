// Safari has no Temporal yet. The page and its worker load this file where it is missing.
import "temporal-polyfill/global";
