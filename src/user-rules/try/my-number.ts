/**
 * Whether twelve digits can be a My Number: the last one is the check digit over the eleven before it (Order of the Ministry
 * of Internal Affairs and Communications No. 85 of 2014, article 5: weights 2 to 7 and again from the right, modulus 11,
 * remainders 0 and 1 give 0).
 * @param digits twelve ASCII digits
 */
export function isMyNumber(digits: string): boolean {
  if (!/^\d{12}$/.test(digits)) return false
  const body = Array.from(digits.slice(0, 11)).toReversed().map(Number)
  const sum = body.reduce((total, digit, n) => total + digit * (n < 6 ? n + 2 : n - 4), 0)
  const rest = sum % 11
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest)
}
