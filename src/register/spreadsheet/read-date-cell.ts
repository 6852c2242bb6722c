import { type NumericOrder, type ReadDate, readDate } from '#register/wareki.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const name = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const monthYear = new RegExp(`^${name}[-\\s,]+(\\d{4}|\\d{2})$`, 'i')
const dayMonthYear = new RegExp(`^(\\d{1,2})[-\\s]+${name}[-\\s,]+(\\d{4})$`, 'i')
const monthDayYear = new RegExp(`^${name}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})$`, 'i')
const slashMonthYear = /^(\d{1,2})\s*[/-]\s*(\d{4})$/

const monthNumber = (word: string | undefined): number => months.indexOf((word ?? '').slice(0, 3).toLowerCase()) + 1

/**
 * A date as tables hold it: all that `readDate` reads, and English months: `Jul 2025`, `15 July 2025`, `July 15, 2025`,
 * `01/2024`. `Jul-25` is how spreadsheet programs show July 2025; it is read so, with the note `two-digit-year`.
 */
export function readDateCell(text: string, order: NumericOrder): ReadDate {
  const plain = text.normalize('NFKC').trim()
  const slash = slashMonthYear.exec(plain)
  if (slash) return readDate(`${slash[2]}-${slash[1]}`, order)
  const short = monthYear.exec(plain)
  if (short) {
    const twoDigits = short[2]?.length === 2
    const read = readDate(`${twoDigits ? 20 : ''}${short[2]}-${monthNumber(short[1])}`)
    return read.ok && twoDigits ? { ...read, notes: ['two-digit-year'] } : read
  }
  const dayFirst = dayMonthYear.exec(plain)
  if (dayFirst) return readDate(`${dayFirst[3]}-${monthNumber(dayFirst[2])}-${dayFirst[1]}`)
  const monthFirst = monthDayYear.exec(plain)
  if (monthFirst) return readDate(`${monthFirst[3]}-${monthNumber(monthFirst[1])}-${monthFirst[2]}`)
  return readDate(plain, order)
}
