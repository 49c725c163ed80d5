/** Gets a file that somebody sent, and no more of it than is wanted. */

const patience = 30_000;

/** The bytes at `url`, `most` of them at most. Rejects where there are more, or where they cannot be had. */
export async function download(url: string, most: number, headers: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(patience) });
  if (!response.ok || !response.body) throw new Error(`Download a file: it must be there, and the answer was ${response.status}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > most) throw new Error(`Download a file: it must have at most ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
