/** What one tells a device apart by. Codes, not the words of the browser: those would follow a person around. */
export const browsers = ['edge', 'chrome', 'firefox', 'safari', 'other'] as const
export const systems = ['windows', 'macos', 'ios', 'android', 'linux', 'chromeos', 'other'] as const
export type Device = { readonly browser: (typeof browsers)[number]; readonly system: (typeof systems)[number] }

const browserSigns: readonly (readonly [RegExp, Device['browser']])[] = [
  [/Edg(e|A|iOS)?\//, 'edge'],
  [/Firefox\/|FxiOS\//, 'firefox'],
  [/OPR\/|SamsungBrowser\//, 'other'],
  [/Chrome\/|CriOS\/|Chromium\//, 'chrome'],
  [/Version\/.*Safari\//, 'safari'],
]
const systemSigns: readonly (readonly [RegExp, Device['system']])[] = [
  [/Windows/, 'windows'],
  [/iPhone|iPad/, 'ios'],
  [/Android/, 'android'],
  [/CrOS/, 'chromeos'],
  [/Mac OS X|Macintosh/, 'macos'],
  [/Linux/, 'linux'],
]

/** @param userAgent  as sent; missing or foreign ones are `other` */
export function deviceOf(userAgent: string | undefined): Device {
  const sign = userAgent ?? ''
  return {
    browser: browserSigns.find(([pattern]) => pattern.test(sign))?.[1] ?? 'other',
    system: systemSigns.find(([pattern]) => pattern.test(sign))?.[1] ?? 'other',
  }
}
