// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

/**
 * What one caller may ask for.
 *
 * @param reads requests that change nothing
 * @param writes all others
 * @param bodies bytes of bodies
 */
record CallerBuckets(TokenBucket reads, TokenBucket writes, TokenBucket bodies) {

    boolean isIdle(long now) {
        return reads.isFull(now) && writes.isFull(now) && bodies.isFull(now);
    }
}
