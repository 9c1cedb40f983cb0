const ELEMENT = /^([!#$%&'*+\-.^_`|~\w]+)(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/**
 * The available coding that the client prefers, or identity (RFC 9110, section 12.5.3). The first one wins a tie.
 * Elements that can't be parsed are skipped.
 */
export function chooseCoding<Coding extends string>(
  accepted: string | null,
  codings: readonly Coding[],
): Coding | "identity" {
  const weights = new Map((accepted ?? "").split(",").map(readWeight));
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get("*") ?? 0;
  const [best] = codings.toSorted((one, other) => weightOf(other) - weightOf(one));
  const least = weights.get("identity") ?? 0;
  return best !== undefined && weightOf(best) > 0 && weightOf(best) >= least ? best : "identity";
}

function readWeight(element: string): [coding: string, weight: number] {
  const [, coding = "", weight = "1"] = ELEMENT.exec(element.trim()) ?? [];
  return [coding.toLowerCase(), Number(weight)];
}
