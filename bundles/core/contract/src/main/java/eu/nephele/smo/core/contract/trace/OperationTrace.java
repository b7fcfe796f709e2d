// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import eu.nephele.smo.api.runtime.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The span of an operation: child of the request that asked for it, and parent of its passes. Its id is derived from
 * that of the operation, so that passes after a restart, and of another server, belong to it.
 */
public final class OperationTrace {

    private static final int SPAN_BYTES = 8;

    private OperationTrace() {}

    /** Returns the context of an operation; empty when its request had none. */
    public static Optional<TraceContext> context(Operation operation) {
        return TraceContext.parse(operation.origin().traceParent())
                .map(request -> new TraceContext(request.traceId(), spanId(operation.id()), request.sampled()));
    }

    private static String spanId(String operation) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(operation.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SPAN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
