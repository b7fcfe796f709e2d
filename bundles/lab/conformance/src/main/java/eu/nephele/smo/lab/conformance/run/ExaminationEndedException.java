// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/** The whole examination cannot go on; the message says why. */
final class Ended extends RuntimeException {

    private static final long serialVersionUID = 1;

    Ended(String message) {
        super(message, null, false, false);
    }

    static Ended timeIsUsedUp() {
        return new Ended("not tried: the time of the examination is used up");
    }
}
