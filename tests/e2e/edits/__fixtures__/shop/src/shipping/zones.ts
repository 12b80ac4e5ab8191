/** Where a parcel goes; taken from here by `import("./zones.js").Zone`. */
export type Zone = "home" | "abroad";

export interface Depot {
  readonly zone: Zone;
}
