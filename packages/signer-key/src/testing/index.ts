/**
 * What stands in for the real ways of signing in tests. The contract that each is held to is apart, in
 * `./contract`, since it needs the test runner.
 * @module
 */
export { createOpensslPeer, hasGostEngine, type OpensslPeer } from './openssl-peer.ts'
export { createStandIn, type StandIn, type StandInFault } from './stand-ins/stand-in.ts'
export { type StandInService, startStandInService } from './stand-ins/stand-in-service.ts'
export {
  createTestAuthority,
  type TestAuthority,
  type TestCertificate,
  type TestOrganisationKey,
} from './test-organisation.ts'
