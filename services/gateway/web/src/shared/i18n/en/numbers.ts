/** Messages about a number as it is typed. */
const EXAMPLES = { money: '1,250.00', percent: '7.5', quantity: '1.5', whole: '30' }

export const numbers = {
  needed: {
    money: 'Enter an amount, such as 110.00.',
    percent: 'Enter a percentage, such as 7.5.',
    quantity: 'Enter a number, such as 1.5.',
    whole: 'Enter a whole number, such as 30.',
  },
  unreadable: (text: string, kind: keyof typeof EXAMPLES) =>
    `“${text}” is not a number. Enter it like ${EXAMPLES[kind]}.`,
  separators: (text: string, meant: string | null) =>
    `“${text}” is ambiguous. ${meant ? `Enter ${meant}.` : 'Use a point for decimals.'} Commas only separate thousands, as in 1,250.00.`,
  exponent: (text: string) => `“${text}” has an exponent. Enter the number in full.`,
  whole: (text: string) => `“${text}” has decimals. Enter a whole number.`,
  tooLong: 'The number is too long.',
  currency: (currency: string) => `Enter the amount in ${currency}.`,
  decimals: (places: number, currency: string) =>
    places === 0
      ? `${currency} amounts have no decimals.`
      : `${currency} amounts have at most ${places} decimals.`,
  above: (limit: string, kind: keyof typeof EXAMPLES) =>
    `Enter ${kind === 'money' ? 'an amount' : 'a number'} above ${limit === '0' ? 'zero' : limit}.`,
  between: (min: string, max: string) => `Enter a number from ${min} to ${max}.`,
  atLeast: (min: string) => (min === '0' ? 'Enter zero or more.' : `Enter ${min} or more.`),
  atMost: (max: string) => `Enter ${max} or less.`,
  hours: {
    needed: 'Enter the hours, such as 1.5 or 1:30.',
    unreadable: (text: string) => `“${text}” is not a number of hours. Enter it like 1.5, 1:30 or 90m.`,
    aboveZero: 'Enter more than 0 hours.',
    tooMany: 'A day has at most 24 hours.',
    steps: 'Enter at most 2 decimals.',
  },
  understood: (shown: string) => `= ${shown}`,
}
