/** Who brings a parcel: "bike" at home below five kilograms, "van" at home, else "plane". */
export declare function carrierFor(zone: import("./zones.js").Zone, grams: number): string;
