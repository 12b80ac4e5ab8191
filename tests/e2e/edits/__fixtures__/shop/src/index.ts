/** What the shop passes on: everything by one name. */
export * from "./money.js";
export * from "./products.js";
export { Cart } from "./cart.js";
export { checkout } from "./checkout.js";
export { printReceipt } from "./receipt.js";
export type { Line, Money, Order, Product } from "./types.js";
