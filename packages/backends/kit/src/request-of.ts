export interface SendOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Ends the request and the reading of its body. */
  readonly signal: AbortSignal;
}

/**
 * What a vendor's SDK sends, with the response as it came whatever its status. `send` gets the `fetch` to hand to the SDK.
 * An SDK reads error bodies without a limit of size or time, and follows redirects with the prompt: neither happens here.
 */
export async function requestOf(
  { fetch, signal }: SendOptions,
  send: (fetch: typeof globalThis.fetch) => Promise<Response>,
): Promise<Response> {
  let refused: Response | undefined;
  try {
    return await send(async (input, init) => {
      // The SDK's own signal is let go of once headers are there; ours holds to the last byte.
      const response = await fetch(input, { ...init, signal, redirect: "manual" });
      if (response.ok) return response;
      refused = response;
      return new Response(null, { status: response.status });
    });
  } catch (error) {
    if (refused !== undefined) return refused;
    throw error;
  }
}
