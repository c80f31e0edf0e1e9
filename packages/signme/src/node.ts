/**
 * The `fetch` for Node.js with authorities, a proxy and a time to connect of its own.
 * @module
 */
export { createNodeFetch, type NodeFetchOptions } from '@muhr/http/node'
