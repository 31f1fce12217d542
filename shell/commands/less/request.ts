// What a key in less asks of the program around its view.

export type Request =
  | { readonly kind: 'quit' | 'follow' | 'edit' }
  | { readonly kind: 'shell'; readonly command: string }
  | { readonly kind: 'open'; readonly at: number; readonly name?: string };
