// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/** What is wrong with the plug-in; ends the check that found it. The message is for its author. */
public final class FlawException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FlawException(String message) {
        super(message, null, false, false);
    }
}
