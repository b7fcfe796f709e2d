// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a trace, which can be handed on and stored as a W3C {@code traceparent}.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all 0
 * @param spanId 16 lower-case hexadecimal digits, not all 0
 * @param sampled whether the trace is exported
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    /** HTTP header. */
    public static final String HEADER = "traceparent";

    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);
    private static final int VERSION = 1;
    private static final int TRACE = 2;
    private static final int SPAN = 3;
    private static final int FLAGS = 4;
    private static final int REST = 5;
    private static final int HEXADECIMAL = 16;

    /** Reads a context; empty when the text is not valid by the recommendation of the W3C. */
    public static Optional<TraceContext> parse(String traceParent) {
        Matcher parts = FORM.matcher(traceParent);
        if (!parts.matches()
                || parts.group(VERSION).equals("ff")
                || (parts.group(VERSION).equals("00") && parts.group(REST) != null)
                || parts.group(TRACE).equals(NO_TRACE)
                || parts.group(SPAN).equals(NO_SPAN)) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(parts.group(FLAGS), HEXADECIMAL) & 1) == 1;
        return Optional.of(new TraceContext(parts.group(TRACE), parts.group(SPAN), sampled));
    }

    /** The {@code traceparent}. */
    public String traceParent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
