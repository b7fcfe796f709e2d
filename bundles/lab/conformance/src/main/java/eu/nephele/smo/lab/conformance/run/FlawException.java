// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/** A flaw of the plug-in; ends the check that found it. The message is for the plug-in's author. */
public final class FlawException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FlawException(String message) {
        super(message, null, false, false);
    }
}
