// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as the room that causes it writes it; it gets its id when it is stored and its sequence when it is published.
 *
 * @param type {@code hdag.deployed}, …
 * @param time when it happened
 * @param graph the graph it is about
 * @param service the service it is about
 * @param generation generation of the graph, 0 for none
 * @param operation the operation that it belongs to
 * @param correlationId of the request that caused it, "" for none
 * @param data details
 */
public record EventDraft(
        String type,
        Instant time,
        Optional<GraphId> graph,
        Optional<String> service,
        long generation,
        Optional<String> operation,
        String correlationId,
        JsonObject data) {}
