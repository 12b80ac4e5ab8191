import type { Customer } from "./customers.js";

/** "Dear" and the customer's name, with a comma behind. */
export declare function salutation(customer: Customer): string;
