/** A text with an order's own number and guid as places again, so that it serves other orders. */
export function templateOf(
  text: string,
  order: { readonly orderNumber: string | null; readonly guid: string },
): string {
  const open = order.guid === '' ? text : text.replaceAll(order.guid, '{{guid}}')

  return order.orderNumber === null
    ? open
    : // Not inside a longer number.
      open.replaceAll(new RegExp(`(?<!\\d)${order.orderNumber}(?!\\d)`, 'g'), '{{orderId}}')
}
