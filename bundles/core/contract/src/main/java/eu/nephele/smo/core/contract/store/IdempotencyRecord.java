// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import java.time.Instant;

/**
 * A request that was accepted under a key.
 *
 * @param key chosen by the client
 * @param fingerprint digest of the request
 * @param operation its operation
 * @param createdAt time of the request
 */
public record IdempotencyRecord(String key, String fingerprint, String operation, Instant createdAt) {}
