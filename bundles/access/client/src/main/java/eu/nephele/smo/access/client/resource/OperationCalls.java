// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.PagedItems;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.model.SmoOperation;
import java.time.Duration;
import java.util.Optional;

/** Operations of all kinds. */
public final class OperationCalls {

    private static final String PATH = CallFactory.nativePath("operations");
    private static final long STEP_SECONDS = 30;

    private final CallFactory calls;

    public OperationCalls(CallFactory calls) {
        this.calls = calls;
    }

    /** Newest first, without steps. */
    public PagedItems<SmoOperation> list(boolean open) {
        return new PagedItems<>(calls, PATH + (open ? "?open=true" : ""), SmoOperation::from);
    }

    /** Those on a resource: {@code kind/project/name} or {@code kind/name}. */
    public PagedItems<SmoOperation> on(String target) {
        return new PagedItems<>(calls, PATH + "?target=" + CallFactory.encoded(target), SmoOperation::from);
    }

    public SmoCall<SmoOperation> get(String operation) {
        return calls.get(path(operation)).as(SmoOperation::from);
    }

    public SmoCall<SmoOperation> cancel(String operation) {
        return calls.change("POST", path(operation) + "/cancel", Optional.empty())
                .as(SmoOperation::from);
    }

    /** What was done for it since its request: spans with their durations. */
    public SmoCall<JsonNode> trace(String operation) {
        return calls.get(path(operation) + "/trace");
    }

    /** Waits for the end of an operation, in steps that the server supports; its state after that time, if it has not ended. */
    public SmoOperation await(SmoOperation operation, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        SmoOperation latest = operation;
        while (latest.isOpen() && System.nanoTime() < end) {
            long left = Math.max(1, Duration.ofNanos(end - System.nanoTime()).toSeconds());
            latest = calls.get(path(operation.id()) + "?wait=" + Math.min(left, STEP_SECONDS))
                    .as(SmoOperation::from)
                    .send();
        }
        return latest;
    }

    private static String path(String operation) {
        return CallFactory.nativePath("operations", operation);
    }
}
