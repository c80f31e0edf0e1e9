/** The typed particulars of each code under `goskey.`. Names, limits and rules only: never a value. */
export type GoskeyErrorData = Readonly<Record<never, never>>
