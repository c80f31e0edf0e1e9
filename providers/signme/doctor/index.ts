/**
 * What can be looked at of a connection to Sign.Me without an effect.
 * @module
 */
export { checkSignme, type SignmeCheck, type SignmeFinding } from './check-signme.ts'
