// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as the bundle that causes it writes it; it gets its id when it is stored and its sequence when it is
 * published.
 *
 * @param type {@code hdag.deployed}, …
 * @param about the resource it is about, of whichever kind
 * @param service the service of that graph it is about
 * @param generation generation of that resource, 0 for none
 * @param operation the operation that it belongs to
 * @param correlationId of the request that caused it, "" for none
 * @param traceParent context in its trace of the operation that it belongs to, else of the request; "" for none
 */
public record EventDraft(
        String type,
        Instant time,
        Optional<ResourceRef> about,
        Optional<String> service,
        long generation,
        Optional<String> operation,
        String correlationId,
        String traceParent,
        JsonObject data) {

    /** The graph it is about, if it is about one. */
    public Optional<GraphId> graph() {
        return about.flatMap(ResourceRef::graph);
    }
}
