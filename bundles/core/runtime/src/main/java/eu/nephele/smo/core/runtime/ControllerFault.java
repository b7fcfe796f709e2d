// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import java.io.Serial;

/** A controller gave no answer that can be used. */
final class ControllerFault extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason for a condition, one upper camel case word */
    ControllerFault(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /** For people; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
