import { z } from "zod";
import { checkZone } from "../domain/recurrence/series.ts";
import { rule } from "./task-schema.ts";

/** The time zone in which dates of a request are meant. A `default` in the document would make generated clients demand it in bodies. */
export const timeZone = z
  .string()
  .transform(rule(checkZone))
  .default("UTC")
  .meta({
    description:
      "Your time zone by its IANA name, in which days begin and words such as today are read; UTC without it",
    override: { type: "string", examples: ["Europe/Berlin"] },
  });
