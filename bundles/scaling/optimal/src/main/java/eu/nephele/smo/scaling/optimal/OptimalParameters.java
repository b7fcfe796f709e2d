// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.Parameter;
import java.util.Optional;

/**
 * Parameters of the strategy {@code optimal} in a graph.
 *
 * @param wUtil weight of the replicas in use; 0.4 if not given
 * @param wTrans weight of changes; if not given 0.2 in the mode default, 0.4 in the mode reference
 * @param utilization share of what the replicas serve by their profile that is planned for, more than 0, at most 1
 */
public record OptimalParameters(
        @Parameter(
                description = "default: each service by itself, idle services scale in; reference: the cost of the"
                        + " reference, normalised over the services of a graph on a cluster",
                defaultValue = "\"default\"")
        Mode mode,

        @Parameter(description = "weight of the replicas in use, 0.4 when not given", min = 0)
        Optional<Double> wUtil,

        @Parameter(
                description = "weight of changed replicas; 0.2 (mode default) or 0.4 (mode reference) when not given",
                min = 0)
        Optional<Double> wTrans,

        @Parameter(
                description =
                        "share of what its profile says a service can serve at which more replicas are planned;"
                                + " less than 1 where the measured demand is what is answered, which never shows more than that",
                defaultValue = "1",
                min = 0,
                max = 1)
        double utilization) {

    private static final double USE = 0.4;
    private static final double CHANGE = 0.2;
    private static final double REFERENCE_CHANGE = 0.4;

    public enum Mode {
        /** {@code wUtil·r/max + wTrans·|r−present|/max} per service */
        DEFAULT,
        /** {@code wUtil·r·cpu/U + wTrans·|r−present|/max}, U the largest {@code max·cpu} of the graph on the cluster; at least one replica */
        REFERENCE
    }

    public OptimalParameters {
        wUtil.ifPresent(weight -> requireWeight("wUtil", weight));
        wTrans.ifPresent(weight -> requireWeight("wTrans", weight));
        if (!(utilization > 0 && utilization <= 1)) {
            throw new IllegalArgumentException(
                    "utilization=%s, expected more than 0 and at most 1".formatted(utilization));
        }
    }

    double useWeight() {
        return wUtil.orElse(USE);
    }

    double changeWeight() {
        return wTrans.orElse(mode == Mode.REFERENCE ? REFERENCE_CHANGE : CHANGE);
    }

    private static void requireWeight(String name, double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("%s=%s, expected a finite number, 0 or more".formatted(name, weight));
        }
    }
}
