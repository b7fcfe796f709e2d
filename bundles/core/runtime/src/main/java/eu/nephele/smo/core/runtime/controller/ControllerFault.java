// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.controller;

import java.io.Serial;
import java.util.Set;

/** A controller gave no usable answer. */
public final class ControllerFault extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String ENDING = "Ending";
    private static final String TENURE_ENDED = "TenureEnded";
    private static final String LEAVES = "ControllerLeaves";
    private static final Set<String> OF_DOCUMENT = Set.of("DocumentInvalid", "DocumentTooNew");

    /** Reasons that do not concern the resource: its tenure, or its controller, changes just now. */
    public static final Set<String> PASSING = Set.of(TENURE_ENDED, LEAVES);

    private final String reason;

    /** @param reason for a condition, one upper camel case word */
    public ControllerFault(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static ControllerFault nonsense(InstalledController installed, String what) {
        return new ControllerFault("ControllerFailed", "The controller of %s %s".formatted(installed.origin(), what));
    }

    /** It was cut off because the server, or this part of it, stops: that does not concern the controller. */
    public static ControllerFault ending() {
        return new ControllerFault(ENDING, "The server is stopping");
    }

    /** It was cut off, or not called, because this server may not act any more: no fault of the controller. */
    public static ControllerFault tenureEnded() {
        return new ControllerFault(
                TENURE_ENDED, "The database may belong to another server, which calls the controller again");
    }

    /** It was not called, because its bundle leaves. */
    public static ControllerFault leaves() {
        return new ControllerFault(LEAVES, "Its controller is being replaced or removed");
    }

    /** Returns whether it does not concern the controller, which was not called for good reason. */
    public boolean isOfDocument() {
        return OF_DOCUMENT.contains(reason) || reason.equals(LEAVES);
    }

    public boolean isTenureEnded() {
        return reason.equals(TENURE_ENDED);
    }

    public boolean isEnding() {
        return reason.equals(ENDING);
    }

    public String reason() {
        return reason;
    }

    /** For people; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
