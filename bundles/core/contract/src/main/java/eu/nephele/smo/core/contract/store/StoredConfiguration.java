// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import java.util.Optional;

/**
 * The latest change of one configuration.
 *
 * @param pid {@code PID}, or {@code FACTORY~NAME}
 * @param revision of the change
 * @param content text of its file in the typed format; empty when it was taken back
 */
public record StoredConfiguration(String pid, long revision, Optional<String> content) {}
