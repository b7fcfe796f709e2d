// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.event;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Something that happened. Not sealed: new types come with new features, and subscribers ignore what they do not know.
 */
@ProviderType
public interface SmoEvent {

    /** Unique; the same whenever the event is told again. */
    String id();

    /** Position in the sequence of all events, from 1; rises in the order of what happened within each graph. */
    long sequence();

    /** Noun and past participle, for example {@code hdag.deployed}, {@code service.scaled}, {@code placement.decision_made}. */
    String type();

    /** When it happened. */
    Instant time();

    /** The graph it is about, if it is about one. */
    Optional<GraphId> graph();

    /** The resource it is about, of whichever kind; a graph, too. */
    default Optional<ResourceRef> resource() {
        return graph().map(ResourceRef::of);
    }

    /** The service it is about, if it is about one. */
    Optional<String> service();

    /** Generation of the resource at that time; 0 when it is about none. */
    long generation();

    /** The operation that it belongs to, if it belongs to one. */
    Optional<String> operation();

    /** Correlates everything that one request caused; "" when nobody asked. */
    String correlationId();

    /** Context in the trace of the operation that it belongs to, or of its request: a W3C {@code traceparent}; "" for none. */
    default String traceParent() {
        return "";
    }

    /** Details, as documented per type. */
    JsonObject data();
}
