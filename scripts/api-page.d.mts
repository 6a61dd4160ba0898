export function apiPage(description: { readonly paths: object; readonly components: object }): string;
