// Fails when any page's first load needs more than 200 KB of gzipped JavaScript. Run after `npm run build`.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 200 * 1024;
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const sizes = new Map();

/** A chunk and everything it imports at once. */
function closure(key, seen = new Set()) {
  if (seen.has(key) || !manifest[key]) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}

function gzip(key) {
  const { file } = manifest[key];
  if (!file.endsWith('.js')) return 0;
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length);
  return sizes.get(file);
}

const weigh = (keys) =>
  [...new Set([...keys].map((key) => manifest[key].file))].length && [...keys].reduce((sum, key) => sum + gzip(key), 0);
const base = closure(entry);
// A page loads the shell's chunk too; it stands in for every signed-in page.
const shell = Object.keys(manifest).filter((key) => /routes\/_app\.tsx/.test(key) || /_app-[^/]*$/.test(key));
const pages = Object.keys(manifest).filter((key) => /src\/routes\/.*\.tsx\?tsr-split/.test(key));
let worst = 0;
for (const page of pages) {
  const keys = new Set([...base, ...closure(page)]);
  if (/_app\./.test(page))
    for (const key of pages.filter((other) => /routes\/_app\.tsx/.test(other)))
      for (const more of closure(key)) keys.add(more);
  const bytes = weigh(keys);
  worst = Math.max(worst, bytes);
  console.log(
    `${(bytes / 1024).toFixed(1).padStart(7)} KB  ${page.replace(/^src\/routes\//, '').replace(/\?.*$/, '')}`,
  );
}
if (pages.length === 0) {
  console.error('No route chunks found in the manifest: is code splitting on?', shell);
  process.exit(1);
}
if (worst > LIMIT) {
  console.error(`Too large: ${(worst / 1024).toFixed(1)} KB gzipped, the limit is ${LIMIT / 1024} KB.`);
  process.exit(1);
}
console.log(`Largest first load: ${(worst / 1024).toFixed(1)} KB of ${LIMIT / 1024} KB.`);
