export const documents = {
  title: '文書',
}
