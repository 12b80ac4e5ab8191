import type { Cart } from "@/cart.js";
import type { Order } from "@/types.js";
import type { Instant } from "./time.js";

/** Turns a cart into an order. Its id is the number of seconds of `at`, written in base 36. */
export declare function checkout(cart: Cart, at: Instant): Order;
