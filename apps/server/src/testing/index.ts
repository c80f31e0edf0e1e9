/**
 * The whole product for tests.
 * @module
 */
export {
  freePorts,
  startTestInstallation,
  type TestInstallation,
} from './start-test-installation.ts'
