/** Milliseconds of a clock that all threads and processes of a machine share, so that their times can be subtracted. */
export const now = () => Number(process.hrtime.bigint() / 1_000n) / 1_000;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
