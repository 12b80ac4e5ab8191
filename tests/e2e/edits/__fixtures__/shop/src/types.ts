import type { Instant } from "./time.js";

/** What amounts are counted in. */
export type Currency = "EUR" | "USD";

export interface Money {
  readonly cents: number;
  readonly currency: Currency;
}

export interface Product {
  readonly sku: string;
  readonly title: string;
  readonly price: Money;
}

export interface Line {
  readonly product: Product;
  readonly quantity: number;
}

export interface Order {
  readonly id: string;
  readonly lines: readonly Line[];
  readonly placedAt: Instant;
}

export enum Priority {
  Low,
  High,
}

/** What a batch can hold. */
export interface Sortable {
  readonly sku: string;
}

export interface Address {
  readonly street: string;
  readonly city: string;
}

/** Of the window display; no spec reaches it. */
export interface Shelf {
  readonly products: readonly Product[];
  readonly height: number;
}
