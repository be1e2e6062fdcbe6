// Bits: which places are meant, one bit each, the first place first, as base64.

/**
 * Return whether a place is meant, as a function of its number.
 * @param {string} bits
 * @returns {(n: number) => boolean}
 */
export function reader(bits) {
  const bytes = Uint8Array.from(atob(bits), (letter) => letter.charCodeAt(0));
  return (n) => Boolean(bytes[n >> 3] & (128 >> (n & 7)));
}
