const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whether a text is a UUID in small letters, of any version. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
