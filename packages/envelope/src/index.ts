/**
 * The domain: words, model, inputs, the pure transition function and the Provider contract.
 * @module
 */
export * from './ids.ts'
export * from './inputs.ts'
export * from './model.ts'
export * from './provider.ts'
export * from './words.ts'
