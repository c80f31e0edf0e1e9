/**
 * What the doctor says of Goskey, in four languages.
 * @module
 */
export { en } from './en.ts'
export { kk } from './kk.ts'
export { type GoskeyDoctorKey, ru } from './ru.ts'
export { uz } from './uz.ts'
