/** Lower-case hexadecimal SHA-256, 64 digits, without a prefix. */
export type Digest = string;
