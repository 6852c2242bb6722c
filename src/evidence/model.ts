import { z } from 'zod'

/** Kinds of items that evidence can be attached to; the wiring says where each stands (`EvidenceItems`). */
export const itemKinds = ['system', 'consultation', 'board-case', 'check-item', 'tender-answer', 'condition'] as const
export type ItemKind = (typeof itemKinds)[number]

/** Longest name that is kept, characters; file systems take 255 bytes. */
const longestName = 80

/**
 * A name as a person may see it: no folders (`../../x` becomes `x`), no control signs, none that turn the direction of
 * writing (so that `fdp.exe` cannot show as a PDF), not longer than a file system takes. The ending stays.
 */
export function safeFileName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .replace(/\s+/g, ' ')
  const [, stem = clean, ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/.exec(clean) ?? []
  const kept = Array.from(stem)
    .slice(0, longestName - ending.length)
    .join('')
  return `${kept === '' ? 'file' : kept}${ending}`
}

export const titleSchema = z.string().trim().min(1).max(200)
export const reasonSchema = z.string().trim().min(1).max(1000)
