// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/** A call goes on after an interrupt. Nothing can end it, so the plug-in is not called any more. */
final class AbandonedCallException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AbandonedCallException(String why, long afterMillis) {
        super(
                ("%s%sit still runs %d ms after it was interrupted."
                                + " Ask context.shouldStop() in every loop and return what you have when it says yes;"
                                + " do not catch InterruptedException and go on.")
                        .formatted(why, why.isEmpty() ? "" : ", and ", afterMillis),
                null,
                false,
                false);
    }
}
