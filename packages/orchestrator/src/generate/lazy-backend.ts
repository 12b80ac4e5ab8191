import type { Backend } from "@jaunt/core";

/** A backend that is made at its first call, and once for all callers. */
export function lazyBackend(name: string, create: () => Promise<Backend>): Backend {
  let made: Promise<Backend> | undefined;
  return {
    apiVersion: 1,
    name,
    async generate(request, options) {
      made ??= create();
      return (await made).generate(request, options);
    },
  };
}
