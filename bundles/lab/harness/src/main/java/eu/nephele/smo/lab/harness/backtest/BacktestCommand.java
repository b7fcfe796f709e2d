// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.lab.harness.decisions.InstalledComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./smo scaling backtest}. */
@Command(
        name = "backtest",
        description = {
            "Replays a load through scaling strategies, in virtual time: replicas are ready 60 s after a decision, one each 30 s.",
            "Shows the minutes in which demand was above what ready replicas serve, replica hours and changes."
        })
public final class BacktestCommand implements Callable<Integer> {

    /** Of replicas that an unknown service has at its peak. */
    private static final double REPLICAS_AT_PEAK = 20;

    private static final double PEAK = 0.99;
    private static final double GENERATED_ALPHA = 10;
    private static final int BURSTS = 3;

    @Spec
    private CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "Lines of time,value (requests/s), or JSON: [[time, value], ...]; the answer of a range query.")
    private @Nullable Path file;

    @Option(
            names = "--query",
            paramLabel = "PROMQL",
            description = "The load from a Prometheus: requests/s, one series.")
    private @Nullable String query;

    @Option(names = "--prometheus", paramLabel = "URL", description = "Where --query is asked.")
    private String prometheus = "http://127.0.0.1:9090";

    @Option(names = "--since", paramLabel = "TIME", description = "How far back, for example 14d or 36h.")
    private String since = "14d";

    @Option(
            names = "--generated",
            description =
                    "Five generated loads: steady, day rhythm, week rhythm, bursts, trend with noise; with figures of forecasts.")
    private boolean generated;

    @Option(names = "--seed", paramLabel = "N", description = "Of generated loads.")
    private long seed = 1;

    @Option(names = "--days", paramLabel = "N", description = "Of generated loads.")
    private int days = 30;

    @Option(
            names = "--series",
            paramLabel = "N",
            description = "Series whose forecasts are timed, with --generated; 0 for none.")
    private int series = 10_000;

    @Option(
            names = "--strategies",
            paramLabel = "ID,...",
            description =
                    "id, id:{parameters} or name=id:{parameters}; threshold alone is the best of 60, 70 and 80 %%, predictive alone builds on that.")
    private String strategies = "threshold,predictive";

    @Option(
            names = "--plugin",
            paramLabel = "JAR",
            description = "With strategies or forecasters of its own; repeatable.")
    private List<Path> plugins = List.of();

    @Option(
            names = "--alpha",
            paramLabel = "N",
            description = "Requests/s that a replica serves; 10 for generated loads, else a twentieth of the peak.")
    private @Nullable Double alpha;

    @Option(names = "--picture", paramLabel = "FILE", description = "Writes an SVG.")
    private @Nullable Path picture;

    @Option(names = "--json", description = "The last line is JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ChainFactory chains = new ChainFactory(InstalledComponents.with(plugins));
        BacktestResult result;
        try {
            List<LoadShape> loads = loads();
            BacktestRun run = new BacktestRun(chains, ChosenStrategies.of(strategies));
            List<String> notes = generated ? run.figures(loads.get(BURSTS), series, seed) : List.of();
            result = run.run(loads, new ServiceProfile(alpha(loads), 0), notes);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
        System.out.print(result.table());
        if (picture != null) {
            Files.writeString(picture, BacktestPicture.svg(result));
        }
        if (json) {
            System.out.println(result.json());
        }
        return 0;
    }

    private List<LoadShape> loads() throws IOException, InterruptedException {
        int sources = (file == null ? 0 : 1) + (query == null ? 0 : 1) + (generated ? 1 : 0);
        if (sources != 1 || days < 1 || days > 365 || series < 0) {
            throw new IllegalArgumentException(
                    "Expected one of FILE, --query and --generated, 1 to 365 days, and 0 or more series");
        }
        if (file != null) {
            return List.of(LoadFile.read(file));
        }
        return query == null
                ? LoadShapes.generated(seed, days)
                : List.of(new PrometheusLoad(prometheus).read(query, Instant.now(), duration(since)));
    }

    private double alpha(List<LoadShape> loads) {
        if (alpha != null && !(alpha > 0)) {
            throw new IllegalArgumentException("Expected a positive --alpha, got " + alpha);
        }
        if (alpha != null || generated) {
            return alpha == null ? GENERATED_ALPHA : alpha;
        }
        double[] known = Arrays.stream(loads.get(0).perSecond())
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        OptionalDouble peak =
                Arrays.stream(known).skip((long) (PEAK * known.length)).findFirst();
        return Math.max(Double.MIN_NORMAL, peak.orElse(0) / REPLICAS_AT_PEAK);
    }

    private static Duration duration(String text) {
        try {
            String upper = text.toUpperCase(Locale.ROOT);
            return upper.startsWith("P")
                    ? Duration.parse(upper)
                    : Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("Expected a time such as 14d or 36h, got '%s'".formatted(text), wrong);
        }
    }
}
