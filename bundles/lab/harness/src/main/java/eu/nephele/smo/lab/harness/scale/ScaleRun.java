// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import eu.nephele.smo.lab.harness.scale.figures.CostModel;
import eu.nephele.smo.lab.harness.scale.figures.EngineRunResult;
import eu.nephele.smo.lab.harness.scale.figures.Model;
import eu.nephele.smo.lab.harness.scale.figures.ModelParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Simulates one owner as shipped, then ways to divide the work: a smaller view of decisions, and more owners. */
final class ScaleRun {

    private static final int SHIPPED_WORKERS = 4;
    private static final int SHIPPED_CALLS = 8;
    private static final int SENSITIVITY_OWNERS = 8;

    private final ScaleOptions options;

    ScaleRun(ScaleOptions options) {
        this.options = options;
    }

    /** @throws IOException when the file with runs cannot be read */
    ScaleResult run() throws IOException {
        List<EngineRunResult> runs =
                options.runs().isPresent() ? EngineRunResult.read(options.runs().get()) : EngineRunResult.standard();
        ModelParameters parameters = ModelParameters.standard();
        for (Map.Entry<String, Double> change : options.changes().entrySet()) {
            parameters = parameters.with(change.getKey(), change.getValue());
        }
        Model model = new Model(CostModel.from(runs), parameters);
        List<ReportRow> rows = rows(model);
        double rate = rows.stream()
                .mapToDouble(row -> row.calm().pace().graphsPerSecond())
                .max()
                .orElse(0);
        return new ScaleResult(
                options,
                model,
                new Validation(runs, ModelParameters.standard()).compare(),
                rows,
                new Sizing(model, options.size(), rate).figures(),
                options.sensitivity() ? new Sensitivity(model, options, SENSITIVITY_OWNERS).changes() : List.of());
    }

    private List<ReportRow> rows(Model model) {
        Model shipped = new Model(
                model.costs(),
                model.parameters().with("workers", SHIPPED_WORKERS).with("adapterCalls", SHIPPED_CALLS));
        List<ReportRow> rows = new ArrayList<>();
        rows.add(ReportRow.create("as shipped", 1, shipped, options, true));
        rows.add(ReportRow.create("shipped, region in view", 1, shipped, options, false));
        rows.add(ReportRow.create("all clusters in view", 1, model, options, true));
        for (int owners : options.owners()) {
            rows.add(ReportRow.create("region in view", owners, model, options, false));
        }
        return rows;
    }
}
