/** A place that was taken, or when the next one is free. */
export type Place =
  | {
      readonly isGranted: true
      /**
       * The answer came: the place counts from now, which is not earlier than the service counted it.
       */
      readonly settle: () => void | Promise<void>
      /** The call surely never reached the service: the place is free again. */
      readonly release: () => void | Promise<void>
    }
  | { readonly isGranted: false; readonly availableAt: Date }
