export const WASM_MODULE: string;
export function compileWasm(): Promise<string>;
