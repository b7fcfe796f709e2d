// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import eu.nephele.smo.lab.harness.scale.Sensitivity.SensitivityChange;
import eu.nephele.smo.lab.harness.scale.Validation.Comparison;
import eu.nephele.smo.lab.harness.scale.figures.Model;
import java.util.List;

/**
 * All printed results.
 *
 * @param sizes figures that need no simulation
 * @param changes of parameters; empty unless asked for
 */
record ScaleResult(
        ScaleOptions options,
        Model model,
        List<Comparison> comparisons,
        List<ReportRow> rows,
        List<Sizing.Figure> sizes,
        List<SensitivityChange> changes) {

    /** Returns whether no simulation lost work, did it twice, or accepted it from a former owner. */
    boolean isGood() {
        return rows.stream().allMatch(ReportRow::isGood);
    }
}
