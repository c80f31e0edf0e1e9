/**
 * Everything of this room, for the modules that want it and for its own tests.
 */
export {
  invertFast,
  invertMany,
  invertSteadily,
  wipeInverse,
} from './inverse.as'
export {
  addModulo,
  fromMontgomery,
  isInRange,
  loadDigest,
  montgomeryProduct,
  multiplyModulo,
  MODULUS_BYTES,
  negateModulo,
  prepareModulus,
  reduceModulo,
  subtractModulo,
  toMontgomery,
  wipeProduct,
} from './modulus.as'
export { blindScalar, makeOdd, recodeRegularly, recodeSparse } from './recode.as'
export { advanceCandidate, findFactors } from './verification-scalars.as'
export {
  addWords,
  clearWords,
  copyWords,
  isBelow,
  isEqual,
  isZero,
  reverseOctets,
  selectWords,
  subtractMasked,
} from './words.as'
