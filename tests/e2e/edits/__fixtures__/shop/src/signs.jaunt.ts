import { Stock } from "./stock.js";

/** The word on the sign before a shelf: `"sold out"`, `"hurry"` or `""` for what {@link Stock.level} calls empty, low and full. */
export declare function signText(level: "empty" | "low" | "full"): string;
