// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Optional;

/** Why a trace is of interest, as far as its first span in this process tells. */
enum Interest {
    READ,
    CHANGE,
    OPERATION;

    private static final ContextKey<Interest> KEY = ContextKey.named("smo.interest");

    Context in(Context context) {
        return context.with(KEY, this);
    }

    /** Returns the interest of a span that begins in this context; empty for one below another of this process. */
    static Optional<Interest> find(Context parent) {
        return Optional.ofNullable(parent.get(KEY));
    }
}
