/**
 * Do two octet strings of one length differ in one octet, or in two side by side (what one changed
 * character of base64 does)? Random strings of the length of a key identifier never do.
 */
export const isNearCopy = (left: Uint8Array, right: Uint8Array): boolean => {
  if (left.length !== right.length || left.length < 3) {
    return false
  }
  const first = left.findIndex((octet, index) => octet !== right[index])
  const last = left.findLastIndex((octet, index) => octet !== right[index])
  return first >= 0 && last - first <= 1
}
