// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/**
 * A named check of a plug-in.
 *
 * @param name a sentence about the plug-in that is true when the check passes
 */
public record NamedCheck(String name, CheckBody body) {

    @FunctionalInterface
    public interface CheckBody {

        /**
         * @return description of the test, for people
         * @throws FlawException when the plug-in does not pass
         * @throws NotTried when the check does not apply
         */
        String run(ExaminationSession session);
    }
}
