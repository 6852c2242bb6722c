export const access = {
  title: 'サインイン',
}
