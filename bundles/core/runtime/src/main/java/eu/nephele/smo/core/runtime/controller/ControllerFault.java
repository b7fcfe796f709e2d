// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import java.io.Serial;

/** A controller gave no answer that can be used. */
final class ControllerFault extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String ENDING = "Ending";
    private static final String TENURE_ENDED = "TenureEnded";

    private final String reason;

    /** @param reason for a condition, one upper camel case word */
    ControllerFault(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Its answer cannot be used. */
    static ControllerFault nonsense(Installed installed, String what) {
        return new ControllerFault("ControllerFailed", "The controller of %s %s".formatted(installed.origin(), what));
    }

    /** It was cut off because the server, or this room, ends: that says nothing about it. */
    static ControllerFault ending() {
        return new ControllerFault(ENDING, "The server ends");
    }

    /** It was cut off, or not asked, because this server may not act any more: that says nothing about it. */
    static ControllerFault tenureEnded() {
        return new ControllerFault(
                TENURE_ENDED,
                "The database may belong to another server: its controller is asked again by whoever owns it");
    }

    boolean isTenureEnded() {
        return reason.equals(TENURE_ENDED);
    }

    boolean isEnding() {
        return reason.equals(ENDING);
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
