/**
 * What is trusted: anchors with their origin, and the fingerprints of published national authorities.
 * @module
 */
export { type KnownAuthority, knownAuthorities, knownAuthority } from './known-authorities.ts'
export { readTrustAnchors } from './read-trust-anchors.ts'
export {
  type AnchorOrigin,
  createTrustStore,
  type TrustAnchor,
  type TrustStore,
} from './trust-store.ts'
