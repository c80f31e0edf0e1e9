import { type CurveName, checkPublicKey } from '@muhr/gost'
import type { GostScheme } from './schemes.ts'
import type { GostPublicKey } from './spki.ts'

/** The curve of a key, and how it was found. */
export type KeyCurve = {
  readonly curve: CurveName
  /**
   * `named`: the parameter set names it. `point`: the point lies on it, and not on the one that the set
   * names: a fact for policies, since sources differ about what the set means.
   */
  readonly rule: 'named' | 'point'
}

const isOn = (curve: CurveName, { point }: GostPublicKey): boolean =>
  checkPublicKey(curve, point) === 'valid'

const find = (scheme: GostScheme, key: GostPublicKey): KeyCurve | undefined => {
  const { parameterSets, testParameterSets, byPoint } = scheme
  const named = parameterSets[key.parameterSet] ?? testParameterSets[key.parameterSet]
  if (byPoint.curves.length === 0) {
    return named === undefined ? undefined : { curve: named, rule: 'named' }
  }
  if (named !== undefined && isOn(named, key)) {
    return { curve: named, rule: 'named' }
  }
  const isOpen = named !== undefined || byPoint.parameterSets.includes(key.parameterSet)
  const curve = isOpen ? byPoint.curves.find((candidate) => isOn(candidate, key)) : undefined
  // A point on no curve at all is left on the named one, where its fault is found and told.
  return curve === undefined
    ? isOpen
      ? { curve: named ?? byPoint.curves[0] ?? 'cryptopro-A', rule: 'named' }
      : undefined
    : { curve, rule: 'point' }
}

type FoundCurve = { readonly scheme: GostScheme; readonly curve: KeyCurve | undefined }

/** A key is asked about under one scheme, seldom under two. */
const found = new WeakMap<GostPublicKey, FoundCurve>()

/**
 * The curve of a key under a scheme: the one that its parameter set names. Uzbek sets other than the
 * first mean different curves in different sources, so there the set is a hint and the point decides,
 * first of hint, CryptoPro-A, -C, -B (uz-eimzo-didox.md §3.3); a point lies on only one of them.
 * `undefined`: the set is none of the scheme. What a point decided is remembered with its key.
 */
export const curveOfKey = (scheme: GostScheme, key: GostPublicKey): KeyCurve | undefined => {
  if (scheme.byPoint.curves.length === 0) {
    return find(scheme, key)
  }
  const known = found.get(key)
  if (known?.scheme === scheme) {
    return known.curve
  }
  const curve = find(scheme, key)
  found.set(key, { scheme, curve })
  return curve
}
