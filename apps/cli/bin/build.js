#!/usr/bin/env node
// npm run build [-- MODULE…]: makes what is made from sources: the WebAssembly of packages/gost, which is
// committed, and the pages. `npm start` needs only the pages, and builds them by itself.
import { enter } from './enter.js'

enter(() => import('./build-all.js').then(({ buildAll }) => buildAll(process.argv.slice(2))))
