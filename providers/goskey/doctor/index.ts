/**
 * What `muhr doctor` can say about a connection to Goskey, with the words of `messages/`.
 * @module
 */
export { checkGoskey, type GoskeyCheck, type GoskeyFinding } from './check-goskey.ts'
