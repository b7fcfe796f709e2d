// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.RestCalls.TaggedContent;
import java.util.Optional;

/** Creates or updates a graph from a file, and never overwrites what somebody else has done since it was looked at. */
final class GraphApplication {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int ATTEMPTS = 10;

    private final RestCalls calls;
    private final String graphs;
    private final String graph;
    private final DescriptorFile file;
    private Optional<TaggedContent> seen = Optional.empty();

    GraphApplication(RestCalls calls, String project, String name, DescriptorFile file) {
        this.calls = calls;
        this.graphs = RestCalls.path("api", "v1", "projects", project, "graphs");
        this.graph = graphs + RestCalls.path(name);
        this.file = file;
    }

    /** Somebody else has changed the graph. */
    static final class ChangedMeanwhile extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient JsonNode present;

        ChangedMeanwhile(JsonNode present) {
            super("The graph was changed in the meantime");
            this.present = present;
        }

        /** The descriptor that is there now. */
        JsonNode present() {
            return present;
        }
    }

    /** The descriptor that is there; a missing node where the graph is new. */
    JsonNode look() {
        seen = read();
        return descriptor();
    }

    JsonNode plan() {
        return calls.post(graph + "/plan", file.text(), file.mediaType());
    }

    /** Returns the operation, or the graph where nothing was to be changed. */
    JsonNode apply() throws ChangedMeanwhile {
        if (seen.isEmpty()) {
            return create();
        }
        TaggedContent state = seen.get();
        CallFailed last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return calls.put(graph, file.text(), file.mediaType(), state.tag());
            } catch (CallFailed refused) {
                if (refused.status() != PRECONDITION_FAILED) {
                    throw refused;
                }
                last = refused;
                // The tag also changes with the state of the graph: only another revision is somebody's change.
                state = read().filter(this::isSameRevision).orElseThrow(() -> new ChangedMeanwhile(look()));
            }
        }
        throw last == null ? new IllegalStateException("no attempt was made") : last;
    }

    private JsonNode create() throws ChangedMeanwhile {
        try {
            return calls.post(graphs, file.text(), file.mediaType());
        } catch (CallFailed refused) {
            if (refused.status() == CONFLICT && read().isPresent()) {
                throw new ChangedMeanwhile(look());
            }
            throw refused;
        }
    }

    private boolean isSameRevision(TaggedContent now) {
        return seen.filter(before ->
                        before.content().path("revision").equals(now.content().path("revision")))
                .isPresent();
    }

    private JsonNode descriptor() {
        return seen.map(state -> state.content().path("hdaGraph"))
                .orElseGet(com.fasterxml.jackson.databind.node.MissingNode::getInstance);
    }

    private Optional<TaggedContent> read() {
        try {
            return Optional.of(calls.tagged(graph));
        } catch (CallFailed missing) {
            if (missing.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw missing;
        }
    }
}
