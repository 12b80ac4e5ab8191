import type { z } from "zod";

/**
 * Takes a schema for a type that is written elsewhere. The compiler refuses one that lacks a field, has one more, or differs in any, at any
 * depth, optional fields included: types and schemas cannot drift apart.
 */
export function schemaOf<Type>(): <Schema extends z.ZodType>(
  schema: Schema & Same<Plain<Type>, Plain<z.output<Schema>>>,
) => z.ZodType<Type> {
  return (schema) => schema as z.ZodType<unknown> as z.ZodType<Type>;
}

declare const absent: unique symbol;

/** A type without `readonly`, and with what may be absent as a value of its own, so that assignability compares it too. */
type Plain<Type> = Type extends string | number | boolean | null | undefined
  ? Type
  : Type extends readonly (infer Item)[]
    ? Plain<Item>[]
    : Type extends object
      ? {
          [Key in keyof Type]-?:
            | Plain<Exclude<Type[Key], undefined>>
            | (Type extends Record<Key, unknown> ? never : typeof absent);
        }
      : Type;

type Same<Left, Right> = [Left] extends [Right]
  ? [Right] extends [Left]
    ? unknown
    : { readonly "the schema allows what the type does not": Right }
  : { readonly "the type allows what the schema does not": Left };
