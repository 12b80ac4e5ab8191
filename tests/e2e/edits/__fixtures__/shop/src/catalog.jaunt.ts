import * as slugs from "./slug.js";
import type { Product } from "./types.js";

/**
 * Where a product has its page: "/products/" and {@link slugs.slugify} of its title.
 * @example productPath({ sku: "t", title: "Green tea", price: { cents: 1, currency: "EUR" } }) // => "/products/green-tea"
 */
export declare function productPath(product: Product): string;
