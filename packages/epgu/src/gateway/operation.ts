/** The methods of the gateway, in our words. */
export type Operation =
  | 'reserve'
  | 'push'
  | 'push-chunk'
  | 'order-details'
  | 'cancel'
  | 'orders-status'
  | 'updated-after'
  | 'download'
  | 'dictionary'
