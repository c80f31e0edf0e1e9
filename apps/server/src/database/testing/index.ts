/**
 * PostgreSQL servers and databases for tests.
 * @module
 */
export { createTestCluster, type TestCluster, type TestDatabase } from './create-test-cluster.ts'
export { availableEngines, type TestEngine } from './engines.ts'
