import { banner } from "./format.js";
import { Cart, checkout, printReceipt, type Product } from "./index.js";
import { total } from "./pricing/total.js";
import { now } from "./time.js";

const tea: Product = { sku: "tea", title: "Green tea", price: { cents: 450, currency: "EUR" } };
const cart = new Cart("EUR");
cart.add({ product: tea, quantity: 2 });

export const page: string = [banner("Shop"), printReceipt(checkout(cart, now())), String(total(450, 2))].join("\n");
