// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import java.time.Instant;

/**
 * A request that was accepted under a key.
 *
 * @param key chosen by the client
 */
public record IdempotencyRecord(String key, String fingerprint, String operation, Instant createdAt) {}
