// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import eu.nephele.smo.lab.harness.scale.figures.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sensitivity of the results to halving or doubling one parameter. */
final class Sensitivity {

    private static final List<String> TRIED = List.of(
            "costFactor",
            "ownerCores",
            "workers",
            "adapterCalls",
            "callMillis",
            "startMillis",
            "commitsPerGraph",
            "databaseCpuMillisPerGraph",
            "databaseCores",
            "flushMillis",
            "commitsPerFlush",
            "rowHoldMillis",
            "leaseSeconds",
            "regions",
            "slices",
            "crossShare",
            "hotShare",
            "clustersPerGraph");

    private final Model model;
    private final ScaleOptions options;
    private final int owners;

    record SensitivityChange(String parameter, Effect half, Effect twice) {

        double range() {
            return Math.max(half.range(), twice.range());
        }
    }

    /**
     * Two figures as multiples of their reference values.
     *
     * @param rate graphs per second
     * @param recovery seconds from the end of an owner until all of its graphs were looked at
     */
    record Effect(double rate, double recovery) {

        private double range() {
            return Math.abs(Math.log(Math.max(1e-9, rate)));
        }
    }

    Sensitivity(Model model, ScaleOptions options, int owners) {
        this.model = model;
        this.options = options;
        this.owners = owners;
    }

    /** Sorts by influence on the rate, the largest first. */
    List<SensitivityChange> changes() {
        ReportRow base = row(model);
        List<SensitivityChange> changes = new ArrayList<>();
        for (String parameter : TRIED) {
            changes.add(new SensitivityChange(parameter, effect(parameter, 0.5, base), effect(parameter, 2, base)));
        }
        changes.sort(Comparator.comparingDouble(SensitivityChange::range).reversed());
        return changes;
    }

    private Effect effect(String parameter, double factor, ReportRow base) {
        double value = model.parameters().value(parameter) * factor;
        ReportRow row = row(new Model(model.costs(), model.parameters().with(parameter, value)));
        return new Effect(
                row.calm().pace().graphsPerSecond() / base.calm().pace().graphsPerSecond(),
                row.struck().recovery().lookedSeconds()
                        / Math.max(1e-9, base.struck().recovery().lookedSeconds()));
    }

    private ReportRow row(Model changed) {
        return ReportRow.create("", owners, changed, options, false);
    }
}
