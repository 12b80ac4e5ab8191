import { giftWrap } from "./gift-wrap.js";

/** Five hundred cents more below five thousand, on top of {@link giftWrap}. */
export declare function shippingFee(cents: number, quantity: number): number;
