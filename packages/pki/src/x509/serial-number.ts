/**
 * A serial number as reports and lookups write it: hex, lower-case, without leading zeros; a negative
 * one (RFC 5280 forbids them, old CAs made them) keeps its sign.
 */
export const serialText = (serial: bigint): string => serial.toString(16)
