import { expect, test } from "bun:test";
import { readTaskwarrior } from "../../../src/formats/taskwarrior/read.ts";
import { readPublic } from "../../support/public-data.ts";
