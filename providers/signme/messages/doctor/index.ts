/**
 * What the doctor says of Sign.Me, in four languages.
 * @module
 */
export { en } from './en.ts'
export { kk } from './kk.ts'
export { ru, type SignmeDoctorKey } from './ru.ts'
export { uz } from './uz.ts'
