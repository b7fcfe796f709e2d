// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphReader;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.ReleaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Descriptors as the core has read them a moment ago. A pool is looked at after each step by hand, and reading the descriptors of all its
 * services, which did not change, is most of such a look. What the core accepts may change with its plugins: nothing is kept for long.
 */
final class ReadDescriptors {

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int MOST = 1_000;

    private final GraphReader reader;

    /**
     * No more than {@link #MOST}. Stale ones make room; what is fresh stays when there are more, since a pass that reads them one after
     * the other would find none again if each took the place of another one.
     */
    private final Map<NamedDescriptor, DescribedGraph> known = new ConcurrentHashMap<>();

    ReadDescriptors(GraphReader reader) {
        this.reader = reader;
    }

    private record NamedDescriptor(String project, JsonObject document) {}

    /**
     * A graph as it is described.
     *
     * @param digest of its descriptor: of all but the order of the servers, {@link #ORDER}, and of the whole
     * @param at when it was read
     */
    record DescribedGraph(DeployRequest request, String digest, Instant at) {

        /** Between the two parts of a digest. */
        static final String ORDER = ":";

        /** One of a time to come is not: the clock was set back since. */
        private boolean isFresh(Instant now) {
            return Duration.between(at, now).abs().compareTo(FRESH) < 0;
        }
    }

    /** @throws eu.nephele.smo.api.runtime.SmoException as {@link GraphReader#read} */
    DescribedGraph read(String project, JsonObject document, Instant now) {
        NamedDescriptor name = new NamedDescriptor(project, document);
        DescribedGraph before = known.get(name);
        if (before != null && before.isFresh(now)) {
            return before;
        }
        DeployRequest request = reader.read(project, document);
        DescribedGraph read = new DescribedGraph(request, digest(request.graph().descriptor()), now);
        if (known.size() >= MOST) {
            known.values().removeIf(graph -> !graph.isFresh(now));
        }
        if (known.size() < MOST) {
            known.put(name, read);
        }
        return read;
    }

    private static String digest(JsonObject descriptor) {
        return ReleaseState.digestOf("", EvenWeights.in(descriptor))
                + DescribedGraph.ORDER
                + ReleaseState.digestOf("", descriptor);
    }
}
