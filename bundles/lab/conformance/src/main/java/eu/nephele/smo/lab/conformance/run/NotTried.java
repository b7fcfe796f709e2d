// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/** A check does not apply to the plug-in; the message says why. */
public final class NotTried extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NotTried(String message) {
        super(message, null, false, false);
    }
}
