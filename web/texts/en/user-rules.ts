import type { userRules as source } from '#web/texts/ja/user-rules.ts'

export const userRules: typeof source = {
  title: "User's rules",
}
