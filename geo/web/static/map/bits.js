// Bits: which places are meant, one bit each, the first place first, as base64.

/**
 * Return which of `size` places are meant.
 * @param {number[]} numbers
 * @param {number} size
 */
export function bits(numbers, size) {
  const bytes = new Uint8Array(Math.ceil(size / 8));
  for (const n of numbers) bytes[n >> 3] |= 128 >> (n & 7);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/**
 * Return whether a place is meant, as a function of its number.
 * @param {string} bits
 * @returns {(n: number) => boolean}
 */
export function reader(bits) {
  const bytes = Uint8Array.from(atob(bits), (letter) => letter.charCodeAt(0));
  return (n) => Boolean(bytes[n >> 3] & (128 >> (n & 7)));
}
