/** Text decoding of uploaded files. */

/** The text of `bytes`: UTF-8, UTF-16 with a byte order mark, or Windows-1252. Undefined for binary data. */
export function textOf(bytes: Uint8Array): string | undefined {
  const text = decode(bytes)?.replace(/^\uFEFF/u, "");
  return text === undefined || /[^\P{Cc}\t\n\r\f]/u.test(text) ? undefined : text;
}

function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Bytes without a character in this encoding decode to control characters, which `textOf` rejects.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
