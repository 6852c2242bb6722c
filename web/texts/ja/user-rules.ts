export const userRules = {
  title: '利活用ルール',
}
