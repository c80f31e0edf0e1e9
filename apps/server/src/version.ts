/** Version of this program, as in the root package.json. */
export const version = '0.1.0'
