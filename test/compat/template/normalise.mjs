/** What Go prints of its own memory differs from run to run: the address of the data, where a list or map holds it. */
const masked = (text) => text?.replace(/0x[0-9a-f]{8,16}/gi, '0xADDRESS');

/** Whether two answers are the same text or the same error. */
export const same = (got, want) =>
  masked(got.out ?? '') === masked(want.out ?? '') && masked(got.err) === masked(want.err);
