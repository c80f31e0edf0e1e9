/**
 * What a new way of signing is held to, and what stands in for the real ones in tests.
 * @module
 */
export { type ContractSubject, describeSignerKeyContract } from './contract.ts'
export { createOpensslPeer, hasGostEngine, type OpensslPeer } from './openssl-peer.ts'
export { createStandIn, type StandIn, type StandInFault } from './stand-ins/stand-in.ts'
export { type StandInService, startStandInService } from './stand-ins/stand-in-service.ts'
export {
  createTestAuthority,
  type TestAuthority,
  type TestCertificate,
  type TestOrganisationKey,
} from './test-organisation.ts'
