/** A text in lower case, every run of other characters than letters and digits one hyphen, none at the ends. */
export declare const slugify: (text: string) => string;

/** Whether a text is its own slug. */
export declare function isSlug(text: string): boolean;
