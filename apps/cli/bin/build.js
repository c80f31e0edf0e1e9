#!/usr/bin/env node
// npm run build [-- MODULE…]: makes what is made from sources: the WebAssembly of packages/gost, which is
// committed, the pages, and the bundle of `muhr verify` and its like. `npm start` and `muhr` build by themselves what they need.
import { enter } from './enter.js'

enter(() => import('./build-all.js').then(({ buildAll }) => buildAll(process.argv.slice(2))))
