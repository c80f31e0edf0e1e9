import { compute } from './compute.ts'

const output = document.createElement('output')
output.textContent = JSON.stringify(await compute())
document.body.append(output)
