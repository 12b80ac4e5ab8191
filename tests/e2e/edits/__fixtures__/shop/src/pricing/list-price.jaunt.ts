/** The list price of so many pieces: cents times quantity. */
export declare function listPrice(cents: number, quantity: number): number;
