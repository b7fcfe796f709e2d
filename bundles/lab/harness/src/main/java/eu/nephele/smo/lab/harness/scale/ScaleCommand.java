// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import eu.nephele.smo.lab.harness.scale.ScaleOptions.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./smo bench scale}. Exit status 1: the model lost or doubled work. */
@Command(name = "scale", description = "Simulates many owners that divide the work by leases, with measured figures.")
public final class ScaleCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    /** A comma at the end is part of the last value, which is then refused. */
    @Option(
            names = "--owners",
            paramLabel = "N,...",
            split = ",(?!$)",
            hideParamSyntax = true,
            description = "Numbers of owners, one row each.")
    private List<Integer> owners = List.of(1, 2, 4, 8, 16, 32);

    @Option(names = "--services", paramLabel = "N", description = "Services of all graphs together.")
    private int services = 100_000;

    @Option(names = "--services-per-graph", paramLabel = "S", description = "Services of each graph.")
    private int perGraph = 5;

    @Option(names = "--clusters", paramLabel = "C", description = "Clusters of all regions together.")
    private int clusters = 10_000;

    @Option(names = "--databases", paramLabel = "D", description = "Databases that regions are divided among.")
    private int databases = 1;

    @Option(names = "--set", paramLabel = "PARAMETER=VALUE", description = "Another value for a parameter.")
    private Map<String, Double> changes = Map.of();

    @Option(names = "--runs", paramLabel = "FILE", description = "Lines of bench engine --json; else those built in.")
    private @Nullable Path runs;

    @Option(names = "--sensitivity", description = "Each parameter halved and doubled.")
    private boolean sensitivity;

    @Option(names = "--seed", paramLabel = "S", description = "Of all chance.")
    private long seed = 1;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ScaleResult result;
        try {
            result = new ScaleRun(options()).run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        ScaleReport report = new ScaleReport(result);
        System.out.print(report.table());
        if (json) {
            System.out.println(report.json());
        }
        return result.isGood() ? 0 : 1;
    }

    ScaleOptions options() {
        Size size = new Size(services, perGraph, clusters, databases);
        return new ScaleOptions(owners, size, sensitivity, changes, Optional.ofNullable(runs), seed);
    }
}
