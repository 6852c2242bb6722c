import { searchKey } from '#register/search-key.ts'

/** What stands in brackets beside a name without changing what it names: how to fill in, and the unit. */
const remark =
  /有無|必須|任意|選択|複数|単位|記入|記載|入力|[○〇×]|全角|半角|自由記述|年月日|和暦|西暦|プルダウン|\d+字|例|^(人|名|件|円|千円|時間|年|月|日)$|※|^if |optional|required|mandatory|select|drop-?down|e\.g\.|free text|characters|y\/n|yes\/no|^(s|es|en)$/i

const circled = /^\s*[①-⑳㉑-㉟❶-❿]\s*/u
const numbering =
  /^[\s(]*(?:\d{1,3}(?:\.\d{1,3})*\s*[).:、．–-]+\s*|\d{1,3}(?:\.\d{1,3})+\.?\s+|[a-z][).:、．]\s*|問\s*\d{1,3}(?:-\d+)?[\s.:、．]*)/i

/** A name with its numbering, remarks and notes taken off: 「(3) 所管部署（必須）※」 → 「所管部署」, `use_case_en` → `use case`. */
export function bareHeader(name: string): string {
  const plain = name
    .replace(circled, '')
    .normalize('NFKC')
    .replace(numbering, '')
    .replace(/[(（【[〔]([^)）】\]〕]*)[)）】\]〕]/g, (whole, inside: string) =>
      remark.test(inside.trim()) ? '' : whole,
    )
    .replace(/(?<=.)[※*:：?？].*$/s, '')
  const words = /^[\w .-]+$/.test(plain) ? plain.replace(/_(en|eng)$/i, '').replaceAll('_', ' ') : plain
  return searchKey(words)
}

/**
 * The names that a header may be known by, as search keys, the plainest first. Groups above names (`個人情報 / 有無`) give
 * the whole run together, joined by 「の」, and the name alone.
 */
export function namesOf(header: string): string[] {
  const path = header.split(' / ').map((part) => part.trim())
  const last = path.at(-1) ?? ''
  const grouped =
    path.length < 2
      ? []
      : [
          bareHeader(path.join('')),
          bareHeader(path.join('の')),
          ...(remark.test(last) ? [bareHeader(path.slice(0, -1).join(''))] : []),
          bareHeader(last),
        ]
  return [...new Set([searchKey(header), bareHeader(header), ...grouped])].filter((key) => key !== '')
}
