// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

/**
 * Names of the pods of a workload in Kubernetes: {@code NAME-HASH-RANDOM} for a Deployment, {@code NAME-NUMBER} for a
 * StatefulSet. The pattern matches no pod of another workload whose name begins with the same letters.
 */
final class PodNames {

    /** Characters of random names in Kubernetes, without vowels and characters that look like one. */
    private static final String LETTERS = "[bcdfghjklmnpqrstvwxz2456789]";

    /** Length at which a pod's name is cut before its five random letters. */
    private static final int CUT = 58;

    /** Length above which a name leaves no space for a complete hash and its hyphens. */
    private static final int LONGEST_WITH_HASH = CUT - 12;

    private PodNames() {}

    static String pattern(String workload) {
        if (workload.length() >= CUT) {
            String cut = PromQlSelector.literally(workload.substring(0, CUT)) + LETTERS + "{5}";
            return cut + "|" + PromQlSelector.literally(workload) + "-[0-9]+";
        }
        return pattern(PromQlSelector.literally(workload), workload.length());
    }

    /**
     * @param longest length of the longest inserted name; for names of 58 and more the Deployment's pods are not found
     */
    static String ofVariable(String variable, int longest) {
        return pattern(variable, longest);
    }

    private static String pattern(String name, int length) {
        String random = length > LONGEST_WITH_HASH
                ? "(?:" + LETTERS + "{1,10}-)?" + LETTERS + "{5,15}"
                : LETTERS + "{1,10}-" + LETTERS + "{5}";
        return name + "-(?:" + random + "|[0-9]+)";
    }
}
