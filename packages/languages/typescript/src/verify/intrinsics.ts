/**
 * Source of `hardenIntrinsics()`, which makes what the language itself provides unchangeable: code under test cannot change what a
 * case calls after it. Inherited names can still be assigned to on own objects. The clock and chance may be replaced, as examples do.
 */
export const intrinsicsSource: string = String.raw`
const hardenIntrinsics = (() => {
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, preventExtensions } = Object;
  const { apply, ownKeys } = Reflect;
  const hidden = [
    (async () => {}).constructor,
    (function* () {}).constructor,
    (async function* () {}).constructor,
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ""[Symbol.iterator](),
    "".matchAll(/x/g),
  ];
  const names = (
    "Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Proxy Promise Map Set WeakMap WeakSet WeakRef Date RegExp " +
    "Error EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError ArrayBuffer SharedArrayBuffer DataView Atomics " +
    "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array " +
    "Intl Iterator FinalizationRegistry parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent structuredClone"
  ).split(" ");
  const roots = names.filter((name) => name in globalThis).map((name) => [name, globalThis[name]]);
  const inherited = [Object.prototype, Function.prototype, Error.prototype];
  const oftenAssigned = ["toString", "toLocaleString", "valueOf", "toJSON", "name", "message", "next"];
  const mayChange = [[Math, "random"], [Date, "now"], [Error, "stackTraceLimit"], [Error, "prepareStackTrace"]];

  // An own property of the same name is what an assignment on an inheriting object means.
  const assignable = (object, key, { value, enumerable }) =>
    defineProperty(object, key, {
      get() {
        return value;
      },
      set(given) {
        if (this === object) throw new TypeError("Cannot assign to read only property '" + String(key) + "'");
        defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true });
      },
      enumerable,
      configurable: false,
    });

  const harden = (object, seen) => {
    if ((typeof object !== "object" && typeof object !== "function") || object === null || seen.has(object)) return;
    seen.add(object);
    harden(getPrototypeOf(object), seen);
    const isPrototype = inherited.includes(object) || (typeof object === "object" && object instanceof Error);
    for (const key of ownKeys(object)) {
      const property = getOwnPropertyDescriptor(object, key);
      if ("value" in property) harden(property.value, seen);
      // Classes of the old kind are written by setting this; nothing is judged by it.
      if (!property.configurable || key === "constructor" || mayChange.some(([owner, name]) => owner === object && name === key)) continue;
      if (!("value" in property)) defineProperty(object, key, { configurable: false });
      else if (property.writable && typeof object === "object" && (isPrototype || oftenAssigned.includes(key)) && object !== Promise.prototype)
        assignable(object, key, property);
      else if (property.writable && object === Function.prototype) assignable(object, key, property);
      else defineProperty(object, key, { writable: false, configurable: false });
    }
    if (object !== Error) preventExtensions(object);
  };

  return () => {
    const seen = new Set();
    for (const [, value] of roots) harden(value, seen);
    for (const each of hidden) harden(each, seen);
    for (const [name] of roots) {
      const property = getOwnPropertyDescriptor(globalThis, name);
      if (property?.configurable) defineProperty(globalThis, name, "value" in property ? { writable: false, configurable: false } : { configurable: false });
    }
  };
})();
`;
