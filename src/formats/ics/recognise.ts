/** Whether a text is iCalendar. */
export function looksLikeIcs(text: string): boolean {
  return /^\ufeff?\s*BEGIN:VCALENDAR/i.test(text);
}
