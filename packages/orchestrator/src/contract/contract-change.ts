import type { ModuleId, SpecRef } from "@jaunt/core";
import type { Reason } from "@jaunt/core/plan";

/** One part of a module digest that is not as it was. Digests are 16 hexadecimal digits; null where there is none. */
export interface ContractChange {
  /** `spec:NAME`, `context` or `dep:REF`; `module` when the header does not say which. */
  readonly part: string;
  /** The symbol that changed, or the module for what is no symbol's. */
  readonly ref: SpecRef | ModuleId;
  readonly kind: Reason["kind"];
  readonly old: string | null;
  readonly new: string | null;
  /** What the part said when the module was stamped; absent where it is not known here. */
  readonly old_text?: string;
  readonly new_text?: string;
  /** Lines that went and came, each after `- ` or `+ `; present when both texts are known. */
  readonly diff?: readonly string[];
  /** Of a dependency: whether signature and types are as they were. Absent when the old text is not known. */
  readonly words_only?: boolean;
}
