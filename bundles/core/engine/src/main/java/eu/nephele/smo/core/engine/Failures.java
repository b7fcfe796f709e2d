// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.port.AdapterException;

/** What a failure outside means to those who wait inside. */
final class Failures {

    private Failures() {}

    /** Whether trying again will not help unless somebody does something. */
    static boolean isForGood(AdapterException e) {
        return switch (e.kind()) {
            case REFUSED, NOT_FOUND, CONFLICT -> true;
            case UNAVAILABLE, TIMED_OUT -> false;
        };
    }

    static SmoException translated(AdapterException e) {
        return translated(e, e.getMessage());
    }

    static SmoException translated(AdapterException e, String message) {
        SmoException.Kind kind =
                switch (e.kind()) {
                    case REFUSED, NOT_FOUND, CONFLICT -> SmoException.Kind.UPSTREAM_FAILED;
                    case UNAVAILABLE -> SmoException.Kind.UNAVAILABLE;
                    case TIMED_OUT -> SmoException.Kind.TIMED_OUT;
                };
        return SmoException.of(kind, e.system(), message, e.retryAfter());
    }
}
