/** What to write instead of a text that is no date. */
export const DATES_HINT =
  "Write a day such as 2026-11-21, tomorrow, friday, 21 nov, +3d or eom, a time such as 17:00 or 5pm, or both: friday 17:00.";
