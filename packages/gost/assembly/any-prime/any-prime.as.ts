/**
 * GOST R 34.10 over any odd prime of 256 or 512 bits, by formulas that answer every pair of points:
 * small and complete, not fast. Exports as `abi.md` of the folder above says; `byteLength` is written
 * by the caller before `setCurve`.
 *
 * Points are projective (X : Y : Z), x = X/Z, y = Y/Z, in Montgomery form and always reduced; each
 * coordinate has 64 octets of memory, of which a curve of 256 bits uses 32. Infinity is (0 : Y : 0).
 */
import { invertMany, invertSteadily, wipeInverse } from '../integers/inverse.as'
import {
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
} from '../integers/modulus.as'
import { blindScalar, recodeSparse } from '../integers/recode.as'
import { advanceCandidate, findFactors } from '../integers/verification-scalars.as'
import { copyWords, isBelow, isEqual, isZero, reverseOctets, selectWords } from '../integers/words.as'

const POINT: usize = 192
const WIDTH: i32 = 5
/** Odd multiples for digits of `WIDTH` bits. */
const ODD_ENTRIES: i32 = 8
/** Multiples 0 to 15 of the generator. */
const WINDOW_ENTRIES: u32 = 16

/** Written by the caller before `setCurve`. */
export let byteLength: i32
export const batchSize: i32 = 64
export const curveAddress: usize = memory.data(512, 16)
export const keyAddress: usize = memory.data(8192, 16)
export const digestAddress: usize = memory.data(4096, 16)
export const signatureAddress: usize = memory.data(8192, 16)
export const resultAddress: usize = memory.data(64, 16)

/** Everything that a secret passes through stands here, in one piece that `wipe` overwrites. */
const SECRETS = 1424
const secrets: usize = memory.data(SECRETS, 16)
export const privateKeyAddress: usize = secrets
export const nonceAddress: usize = secrets + 64
export const blindAddress: usize = secrets + 128
const secretScalar: usize = secrets + 256
const blindedScalar: usize = secrets + 320
const secretProduct: usize = secrets + 400
const runningPoint: usize = secrets + 464
const chosenPoint: usize = secrets + 656
const sums0: usize = secrets + 848
const sums1: usize = secrets + 912
const sums2: usize = secrets + 976
const sums3: usize = secrets + 1040
const sums4: usize = secrets + 1104
const sums5: usize = secrets + 1168
const sumX: usize = secrets + 1232
const sumY: usize = secrets + 1296
const sumZ: usize = secrets + 1360
const fieldModulus = memory.data(224)
const orderModulus = memory.data(224)
/** a and 3b of the curve, in Montgomery form. */
const coefficientA = memory.data(64)
const coefficientB3 = memory.data(64)
const coefficientB = memory.data(64)
const fieldOne = memory.data(64)


const generatorOdd = memory.data(1536)
const keyOdd = memory.data(1536)
const generatorWindow = memory.data(3072)
const digitsOfG = memory.data(520)
const digitsOfQ = memory.data(520)
const scalarOfG = memory.data(64)
const scalarOfQ = memory.data(64)
const inverseOfE = memory.data(64)
const candidate = memory.data(64)
const inverseScratch = memory.data(64)

function add(r: usize, a: usize, b: usize): void {
  addModulo(r, a, b, fieldModulus)
}

function subtract(r: usize, a: usize, b: usize): void {
  subtractModulo(r, a, b, fieldModulus)
}

function multiply(r: usize, a: usize, b: usize): void {
  montgomeryProduct(r, a, b, fieldModulus)
}

/**
 * r = a + b. Renes, Costello and Batina, "Complete addition formulas for prime order elliptic curves"
 * (2015), algorithm 1. Complete in every subgroup of odd order; elsewhere the exceptions give
 * (0 : 0 : 0), which no later addition leaves. Any of the three may be the same.
 */
function addPoints(r: usize, a: usize, b: usize): void {
  multiply(sums0, a, b)
  multiply(sums1, a + 64, b + 64)
  multiply(sums2, a + 128, b + 128)
  add(sums3, a, a + 64)
  add(sums4, b, b + 64)
  multiply(sums3, sums3, sums4)
  add(sums4, sums0, sums1)
  subtract(sums3, sums3, sums4)
  add(sums4, a, a + 128)
  add(sums5, b, b + 128)
  multiply(sums4, sums4, sums5)
  add(sums5, sums0, sums2)
  subtract(sums4, sums4, sums5)
  add(sums5, a + 64, a + 128)
  add(sumX, b + 64, b + 128)
  multiply(sums5, sums5, sumX)
  add(sumX, sums1, sums2)
  subtract(sums5, sums5, sumX)
  multiply(sumZ, coefficientA, sums4)
  multiply(sumX, coefficientB3, sums2)
  add(sumZ, sumX, sumZ)
  subtract(sumX, sums1, sumZ)
  add(sumZ, sums1, sumZ)
  multiply(sumY, sumX, sumZ)
  add(sums1, sums0, sums0)
  add(sums1, sums1, sums0)
  multiply(sums2, coefficientA, sums2)
  multiply(sums4, coefficientB3, sums4)
  add(sums1, sums1, sums2)
  subtract(sums2, sums0, sums2)
  multiply(sums2, coefficientA, sums2)
  add(sums4, sums4, sums2)
  multiply(sums0, sums1, sums4)
  add(r + 64, sumY, sums0)
  multiply(sums0, sums5, sums4)
  multiply(sumX, sums3, sumX)
  subtract(r, sumX, sums0)
  multiply(sums0, sums3, sums1)
  multiply(sumZ, sums5, sumZ)
  add(r + 128, sumZ, sums0)
}

/** Writes infinity, scaled by the number at `y`, in Montgomery form and not 0. */
function setInfinity(r: usize, y: usize): void {
  memory.fill(r, 0, POINT)
  copyWords(r + 64, y, byteLength)
}

/** Reads affine coordinates x || y below p. */
function loadPoint(r: usize, octets: usize): void {
  toMontgomery(r, octets, fieldModulus)
  toMontgomery(r + 64, octets + byteLength, fieldModulus)
  copyWords(r + 128, fieldOne, byteLength)
}

/** P, 3P, 5P ... 15P. */
function fillOdd(entries: usize): void {
  addPoints(runningPoint, entries, entries)
  for (let i = 1; i != ODD_ENTRIES; i++) {
    const entry = entries + usize(i) * POINT
    addPoints(entry, entry - POINT, runningPoint)
  }
}

export function setCurve(): void {
  const bytes = usize(byteLength)
  prepareModulus(fieldModulus, curveAddress, bytes)
  prepareModulus(orderModulus, curveAddress + 3 * bytes, bytes)
  memory.fill(sumX, 0, 64)
  store<u32>(sumX, 1)
  toMontgomery(fieldOne, sumX, fieldModulus)
  toMontgomery(coefficientA, curveAddress + bytes, fieldModulus)
  toMontgomery(coefficientB, curveAddress + 2 * bytes, fieldModulus)
  add(coefficientB3, coefficientB, coefficientB)
  add(coefficientB3, coefficientB3, coefficientB)
  loadPoint(generatorOdd, curveAddress + 4 * bytes)
  setInfinity(generatorWindow, fieldOne)
  for (let i: u32 = 1; i != WINDOW_ENTRIES; i++) {
    const entry = generatorWindow + usize(i) * POINT
    addPoints(entry, entry - POINT, generatorOdd)
  }
  fillOdd(generatorOdd)
}

/** 1 when y^2 = x^3 + a x + b for the point at `entry`, Z = 1. */
function isOnCurve(entry: usize): u32 {
  multiply(sums0, entry, entry)
  add(sums0, sums0, coefficientA)
  multiply(sums0, sums0, entry)
  add(sums0, sums0, coefficientB)
  multiply(sums1, entry + 64, entry + 64)

  return isEqual(sums0, sums1, byteLength)
}

/** 1 when q times the point at `entry` is infinity, by double and add: for public points. */
function isInSubgroup(entry: usize): u32 {
  setInfinity(runningPoint, fieldOne)
  for (let i = 8 * byteLength - 1; i >= 0; i--) {
    addPoints(runningPoint, runningPoint, runningPoint)
    const bit = load<u8>(curveAddress + 3 * byteLength + (i >> 3)) >> u8(i & 7)
    if (bit & 1) addPoints(runningPoint, runningPoint, entry)
  }

  // (0 : 0 : 0) is no point: an exception was met, which points of the subgroup never do.
  return isZero(runningPoint + 128, byteLength) & (isZero(runningPoint + 64, byteLength) ^ 1)
}

/** Reads the key into the first entry of its table; what `checkKey` answers. */
function readKey(key: usize): i32 {
  const bytes = usize(byteLength)
  if ((isBelow(key, fieldModulus, bytes) & isBelow(key + bytes, fieldModulus, bytes)) == 0) return 1
  loadPoint(keyOdd, key)
  if (isOnCurve(keyOdd) == 0) return 2
  // 2 q < p: there are points outside the subgroup of order q.
  copyWords(candidate, orderModulus, bytes)
  if (advanceCandidate(candidate, orderModulus, fieldModulus) && isInSubgroup(keyOdd) == 0) return 3

  return 0
}

export function checkKey(): i32 {
  return readKey(keyAddress)
}

/** Adds the entry of a digit that is not 0 to the running point. */
function addDigit(entries: usize, digit: i32): void {
  const entry = entries + usize(abs(digit) >> 1) * POINT
  memory.copy(chosenPoint, entry, POINT)
  if (digit < 0) negateModulo(chosenPoint + 64, entry + 64, fieldModulus)
  addPoints(runningPoint, runningPoint, chosenPoint)
}

function verifyAt(index: usize): i32 {
  const bytes = usize(byteLength)
  const r = signatureAddress + 2 * index * bytes
  const s = r + bytes
  if ((isInRange(r, orderModulus) & isInRange(s, orderModulus)) == 0) return 0
  if (readKey(keyAddress + 2 * index * bytes) != 0) return 0
  fillOdd(keyOdd)

  loadDigest(inverseOfE, digestAddress + index * bytes, orderModulus)
  invertMany(inverseOfE, 1, inverseScratch, orderModulus)
  findFactors(scalarOfG, scalarOfQ, r, s, inverseOfE, orderModulus)
  recodeSparse(digitsOfG, scalarOfG, WIDTH, bytes)
  recodeSparse(digitsOfQ, scalarOfQ, WIDTH, bytes)
  setInfinity(runningPoint, fieldOne)
  for (let i = 8 * byteLength; i >= 0; i--) {
    addPoints(runningPoint, runningPoint, runningPoint)
    const digitG = i32(load<i8>(digitsOfG + usize(i)))
    if (digitG != 0) addDigit(generatorOdd, digitG)
    const digitQ = i32(load<i8>(digitsOfQ + usize(i)))
    if (digitQ != 0) addDigit(keyOdd, digitQ)
  }
  if (isZero(runningPoint + 128, bytes)) return 0

  // X = r Z, or (r + q) Z where that is still a coordinate, and so on.
  copyWords(candidate, r, bytes)
  let isPossible = isBelow(candidate, fieldModulus, bytes)
  while (isPossible) {
    toMontgomery(sums0, candidate, fieldModulus)
    multiply(sums0, sums0, runningPoint + 128)
    if (isEqual(sums0, runningPoint, bytes)) return 1
    isPossible = advanceCandidate(candidate, orderModulus, fieldModulus)
  }

  return 0
}

export function verify(): i32 {
  return verifyAt(0)
}

export function verifyBatch(count: i32): void {
  for (let i: usize = 0; i != usize(count); i++) store<u8>(resultAddress + i, u8(verifyAt(i)))
}

export function reduceDigest(): void {
  loadDigest(digestAddress, digestAddress, orderModulus)
}

/** The chosen point becomes entry `digit` of the window table; every entry is read. */
function choose(digit: u32): void {
  for (let i: u32 = 0; i != WINDOW_ENTRIES; i++) {
    const mask = u32((i64(i ^ digit) - 1) >> 63)
    selectWords(chosenPoint, chosenPoint, generatorWindow + usize(i) * POINT, mask, POINT)
  }
}

/**
 * The running point becomes the secret scalar times the generator, affine and plain, in its first two
 * coordinates. The scalar is blinded by a multiple of q, the first point by a random factor.
 */
function multiplyGenerator(): void {
  const bytes = usize(byteLength)
  blindScalar(blindedScalar, secretScalar, blindAddress + bytes, orderModulus)
  loadDigest(secretProduct, blindAddress, fieldModulus)
  setInfinity(runningPoint, secretProduct)
  for (let i = i32(bytes) + 7; i >= 0; i--) {
    const octet = u32(load<u8>(blindedScalar + usize(i)))
    for (let shift: u32 = 4; ; shift = 0) {
      for (let j = 0; j != 4; j++) addPoints(runningPoint, runningPoint, runningPoint)
      choose((octet >> shift) & 15)
      addPoints(runningPoint, runningPoint, chosenPoint)
      if (shift == 0) break
    }
  }
  const z = runningPoint + 128
  fromMontgomery(z, z, fieldModulus)
  invertSteadily(z, z, fieldModulus)
  // X is in Montgomery form and 1/Z is not: the product is plain.
  multiply(runningPoint, runningPoint, z)
  multiply(runningPoint + 64, runningPoint + 64, z)
}

/** Overwrites everything from which d or k could be read. */
function wipe(): void {
  memory.fill(secrets, 0, SECRETS)
  wipeProduct()
  wipeInverse()
}

/** Octets of the nonce as a number, shifted right by the bits that q lacks (RFC 6979 section 2.3.2). */
function loadNonce(): void {
  const bytes = usize(byteLength)
  reverseOctets(secretScalar, nonceAddress, bytes)
  const shift = clz<u32>(load<u32>(orderModulus + bytes - 4))
  for (let i: usize = 0; i != bytes; i += 4) {
    const above = i + 4 < bytes ? u64(load<u32>(secretScalar + i + 4)) : 0
    store<u32>(secretScalar + i, u32(((above << 32) | u64(load<u32>(secretScalar + i))) >> shift))
  }
}

function signWithNonce(): i32 {
  const bytes = usize(byteLength)
  const r = signatureAddress
  const s = r + bytes
  if (isInRange(privateKeyAddress, orderModulus) == 0) return 3
  loadNonce()
  if (isInRange(secretScalar, orderModulus) == 0) return 2
  multiplyGenerator()
  reduceModulo(r, runningPoint, orderModulus)
  loadDigest(s, digestAddress, orderModulus)
  multiplyModulo(s, s, secretScalar, orderModulus)
  multiplyModulo(secretProduct, r, privateKeyAddress, orderModulus)
  addModulo(s, s, secretProduct, orderModulus)

  return i32((isZero(r, bytes) | isZero(s, bytes)) ^ 1)
}

export function sign(): i32 {
  const answer = signWithNonce()
  wipe()

  return answer
}

export function derivePublic(): i32 {
  const bytes = usize(byteLength)
  const isGood = isInRange(privateKeyAddress, orderModulus)
  copyWords(secretScalar, privateKeyAddress, bytes)
  if (isGood) {
    multiplyGenerator()
    copyWords(keyAddress, runningPoint, bytes)
    copyWords(keyAddress + bytes, runningPoint + 64, bytes)
  }
  wipe()

  return isGood ? 1 : 3
}
