// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/** The whole examination cannot go on; the message says why. */
final class ExaminationEndedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ExaminationEndedException(String message) {
        super(message, null, false, false);
    }

    static ExaminationEndedException timeIsUsedUp() {
        return new ExaminationEndedException("not tried: the time of the examination is used up");
    }
}
