// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

/** Status of a rollout in a version of Karmada. */
public enum KarmadaVersion {

    /**
     * The {@code observedGeneration} of a template is its generation as soon as there is any status: the counts beside it may be
     * those of the pods before the change. Healthy is what has as many updated pods as wanted, ready or not.
     */
    V1_5,

    /**
     * The {@code observedGeneration} of a template is its generation when each member has it and has seen it; copies carry
     * {@code resourcetemplate.karmada.io/generation}. Healthy is what has as many updated and available pods as wanted.
     */
    V1_11;

    boolean tellsGenerations() {
        return this == V1_11;
    }

    /** @param text {@code 1.5} or {@code 1.11} */
    public static KarmadaVersion of(String text) {
        for (KarmadaVersion version : values()) {
            if (version.text().equals(text)) {
                return version;
            }
        }
        throw new IllegalArgumentException("--karmada-version %s: expected 1.5 or 1.11".formatted(text));
    }

    /** {@code 1.5}. */
    public String text() {
        return name().substring(1).replace('_', '.');
    }
}
