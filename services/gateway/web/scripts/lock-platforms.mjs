/**
 * Completes package-lock.json with the platform packages a registry mirror lacked when the lock was made: `npm ci`
 * refuses a lock that misses an optional dependency, even one for another platform. Run it after changing a version.
 */
import { readFile, writeFile } from 'node:fs/promises'

const LOCK = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(await readFile(LOCK, 'utf8'))

function platform(name) {
  const [os, cpu, libc] = name.replace(/^.*?cli-/, '').split('-')
  return { cpu: [cpu], ...(os === 'linux' && { libc: [libc === 'musl' ? 'musl' : 'glibc'] }), os: [os] }
}

for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path.endsWith('@biomejs/biome')) continue
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`
    lock.packages[place] ??= {
      version,
      ...platform(name),
      dev: true,
      license: 'MIT OR Apache-2.0',
      optional: true,
    }
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
lock.packages = Object.fromEntries(sorted)
await writeFile(LOCK, `${JSON.stringify(lock, null, 2)}\n`)
