/**
 * National identifiers of Russia, Kazakhstan and Uzbekistan, and the error base of the house.
 * @module
 */
export { MuhrError, type MuhrErrorInit } from './error.ts'
