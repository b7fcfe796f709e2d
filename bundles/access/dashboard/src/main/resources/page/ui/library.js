// SPDX-License-Identifier: Apache-2.0
/** Libraries that are large, and needed by some pages only. */

/** Loads at the first call and keeps that; a failure is not kept, so that the next call tries again. */
export function lazily(load) {
  let loaded;
  return () => {
    loaded ??= load().catch((failure) => {
      loaded = undefined;
      throw failure;
    });
    return loaded;
  };
}
