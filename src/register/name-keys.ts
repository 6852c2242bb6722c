import { searchKey } from './search-key.ts'

// 株式会社 and its like stand before or after the name, or not at all, from one sheet to the next.
const companyForms =
  /株式会社|有限会社|合同会社|\((?:株|有|同)\)|\b(?:incorporated|inc|corporation|corp|co|company|ltd|limited|llc|plc|gmbh|k\.?k)\b\.?/g

/**
 * What makes two spellings one supplier: width, case, kana, spaces, punctuation and the form of the company do not count.
 * A name that is nothing but such a form is its own key.
 */
export function supplierKey(name: string): string {
  const key = searchKey(name)
  const bare = key.replace(companyForms, '').replace(/[\s.,・&-]/g, '')
  return bare === '' ? key : bare
}

/** Name and version of a model, with the same indifference; the line feed is in neither. */
export const modelKey = (name: string, version: string): string =>
  `${searchKey(name).replace(/[\s-]/g, '')}\n${searchKey(version).replace(/\s/g, '')}`
