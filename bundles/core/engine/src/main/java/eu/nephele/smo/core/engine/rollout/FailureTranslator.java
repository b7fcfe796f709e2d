// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;

/** Translates an outside failure for waiting clients. */
public final class FailureTranslator {

    private FailureTranslator() {}

    /** Returns whether retries will not help without an intervention. */
    public static boolean isForGood(AdapterException e) {
        return switch (e.kind()) {
            case REFUSED, NOT_FOUND, CONFLICT -> true;
            case UNAVAILABLE, TIMED_OUT -> false;
        };
    }

    public static SmoException translated(AdapterException e) {
        return translated(e, e.getMessage());
    }

    public static SmoException translated(AdapterException e, String message) {
        SmoException.Kind kind =
                switch (e.kind()) {
                    case REFUSED, NOT_FOUND, CONFLICT -> SmoException.Kind.UPSTREAM_FAILED;
                    case UNAVAILABLE -> SmoException.Kind.UNAVAILABLE;
                    case TIMED_OUT -> SmoException.Kind.TIMED_OUT;
                };
        return SmoException.of(kind, e.system(), message, e.retryAfter());
    }
}
