import type { access as source } from '#web/texts/ja/access.ts'

export const access: typeof source = {
  title: 'Sign in',
}
