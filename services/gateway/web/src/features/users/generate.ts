/** Without characters that are mistaken for each other when read aloud or from paper. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP_LENGTH = 5

/** Makes a random password of 99 bits, such as "k7mqx-3hd9w-pz2ra-8vtne". */
export function generatePassword(): string {
  return Array.from({ length: GROUPS }, group).join('-')
}

function group(): string {
  return Array.from({ length: GROUP_LENGTH }, letter).join('')
}

/** Bytes beyond the last whole multiple of the alphabet are dropped, so that each letter is as likely. */
function letter(): string {
  const limit = 256 - (256 % LETTERS.length)
  for (;;) {
    const [byte = limit] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < limit) return LETTERS[byte % LETTERS.length]!
  }
}
