// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

/**
 * Requests that have ended.
 *
 * @param failed without the answer 200
 */
record LoadTally(long requests, long failed) {

    LoadTally since(LoadTally before) {
        return new LoadTally(requests - before.requests, failed - before.failed);
    }
}
