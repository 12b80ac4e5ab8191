/** Names a blob: its SHA-256 in lower-case hexadecimal, and its size in bytes. */
export interface BlobDigest {
  readonly hash: string;
  readonly size: number;
}

/** Path of the one output file that an entry of ours lists. */
const replyPath = "reply.json";

/**
 * An action cache entry that points at one blob: an `ActionResult` of build.bazel.remote.execution.v2 (bazelbuild/remote-apis) in
 * protobuf's wire format, `output_files = 2 { path = 1, digest = 2 { hash = 1, size_bytes = 2 } }`. Servers such as bazel-remote
 * parse what is put under `/ac/`, so nothing else would do.
 */
export function encodeActionResult({ hash, size }: BlobDigest): Buffer {
  const digest = Buffer.concat([textField(1, hash), varint(tag(2, wire.varint)), varint(size)]);
  return bytesField(2, Buffer.concat([textField(1, replyPath), bytesField(2, digest)]));
}

/** The blob that an entry of ours points at; undefined for anything else. Fields that we do not know, as servers add, are skipped. */
export function decodeActionResult(bytes: Uint8Array): BlobDigest | undefined {
  for (const file of messages(readFields(bytes), 2)) {
    const fields = readFields(file);
    const path = messages(fields, 1).at(-1);
    const digest = readFields(messages(fields, 2).at(-1) ?? new Uint8Array());
    if (path === undefined || digest === undefined || decode(path) !== replyPath) continue;
    const hash = decode(messages(digest, 1).at(-1) ?? new Uint8Array());
    // A negative size is a huge number here.
    const size = digest.findLast((field) => field.number === 2)?.value ?? 0;
    return typeof size === "number" && Number.isSafeInteger(size) && /^[0-9a-f]{64}$/.test(hash)
      ? { hash, size }
      : undefined;
  }
  return undefined;
}

interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

const wire = { varint: 0, eightBytes: 1, bytes: 2, fourBytes: 5 } as const;

function tag(number: number, type: number): number {
  return number * 8 + type;
}

function textField(number: number, text: string): Buffer {
  return bytesField(number, Buffer.from(text, "utf8"));
}

function bytesField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint(tag(number, wire.bytes)), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

/** Every field of a message; undefined when the bytes are no message. */
function readFields(bytes: Uint8Array): readonly Field[] | undefined {
  const fields: Field[] = [];
  let position = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 10; shift += 1) {
      const byte = bytes[position];
      if (byte === undefined) return Number.NaN;
      position += 1;
      value += (byte & 127) * 128 ** shift;
      if (byte < 128) return value;
    }
    return Number.NaN;
  };
  const skip = (length: number): Uint8Array | undefined => {
    // A length that is no number, or beyond the end, fails this comparison.
    if (!(position + length <= bytes.length)) return undefined;
    position += length;
    return bytes.subarray(position - length, position);
  };
  while (position < bytes.length) {
    const key = readVarint();
    const type = key % 8;
    const value = type === wire.varint ? readVarint() : skip(lengthOf(type, readVarint));
    if (value === undefined || Number.isNaN(value) || !Number.isSafeInteger(key)) return undefined;
    fields.push({ number: Math.floor(key / 8), value });
  }
  return fields;
}

function lengthOf(type: number, readLength: () => number): number {
  if (type === wire.bytes) return readLength();
  if (type === wire.eightBytes) return 8;
  return type === wire.fourBytes ? 4 : Number.NaN;
}

function messages(fields: readonly Field[] | undefined, number: number): readonly Uint8Array[] {
  return (fields ?? []).flatMap((field) =>
    field.number === number && typeof field.value !== "number" ? [field.value] : [],
  );
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
