// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import java.util.List;

/** A part that cannot be taken into the OpenAPI document; the message says why. */
final class UnfitPart extends Exception {

    private static final long serialVersionUID = 1L;

    /** Maximum number of reported mistakes; the others are reported once these are corrected. */
    private static final int TOLD = 5;

    UnfitPart(String why) {
        super(why);
    }

    UnfitPart(String why, Throwable cause) {
        super(why, cause);
    }

    /** @param mistakes at least one */
    UnfitPart(List<String> mistakes) {
        super(String.join("; ", mistakes.subList(0, Math.min(TOLD, mistakes.size())))
                + (mistakes.size() > TOLD ? "; and %d more".formatted(mistakes.size() - TOLD) : ""));
    }
}
