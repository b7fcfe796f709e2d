// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ties an answer, log lines and outside calls together. */
final class CorrelationId {

    static final String HEADER = "X-Correlation-Id";

    /** Servlet request attribute. */
    static final String ATTRIBUTE = "smo.correlationId";

    static final String MDC_KEY = "correlationId";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private CorrelationId() {}

    /** Returns the caller's own id when it can safely be logged and sent back, else a new one. */
    static String from(@Nullable String wished) {
        return wished != null && SANE.matcher(wished).matches()
                ? wished
                : UUID.randomUUID().toString();
    }
}
