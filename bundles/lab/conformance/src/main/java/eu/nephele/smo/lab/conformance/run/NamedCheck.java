// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

/**
 * One thing to find out about a plug-in.
 *
 * @param name a sentence about the plug-in that is true when the check passes
 * @param body what to try
 */
public record NamedCheck(String name, CheckBody body) {

    /** Tries something. */
    @FunctionalInterface
    public interface CheckBody {

        /**
         * @return what was tried, for people
         * @throws FlawException when the plug-in does not pass
         * @throws NotTried when the check does not apply
         */
        String run(ExaminationSession session);
    }
}
