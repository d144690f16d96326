/** Writes .br and .gz beside every text file of the build, so that the gateway only picks the file the browser accepts. */
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const TEXT = /\.(js|css|html|svg|json|txt|webmanifest)$/
const SMALLEST = 512
const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

async function compress(file) {
  const body = await readFile(file)
  if (body.length < SMALLEST) return
  const options = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  }
  await Promise.all([
    brotli(body, options).then((out) => writeFile(`${file}.br`, out)),
    deflate(body, { level: 9 }).then((out) => writeFile(`${file}.gz`, out)),
  ])
}

export function precompress() {
  let outDir = 'dist'
  return {
    name: 'evergreen:precompress',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir
    },
    async closeBundle() {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name))
      await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))))
      // The gateway looks again when index.html is newer than what it has read: so it must be the last to change.
      const now = new Date()
      await utimes(join(outDir, 'index.html'), now, now)
    },
  }
}
