import { invalidArgument } from './invalid-argument.ts'

/** Number of an order, in digits. Numbers of JSON on the wire, beyond 32 bit (spec §2). */
export type OrderId = string & { readonly __brand: 'OrderId' }

/**
 * An order number from text or from a whole number below 2^53.
 *
 * @throws EpguError `epgu.invalid-argument`
 */
export function parseOrderId(value: string | number): OrderId {
  const text = Number.isSafeInteger(value) ? String(value) : value
  if (typeof text === 'string' && /^\d{1,19}$/.test(text)) return text as OrderId

  throw invalidArgument('orderId', 'an order number in digits')
}
