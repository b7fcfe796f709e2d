// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.ProfilePicture;
import eu.nephele.smo.scaling.profiler.FitSettings;
import eu.nephele.smo.scaling.profiler.ProfileEstimator;
import eu.nephele.smo.scaling.profiler.ProfileFit;
import eu.nephele.smo.scaling.profiler.ProfileLearner;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code profile fit}: alpha and beta from results of load tests, or from the past in a Prometheus. Contacts no SMO server. */
@Command(
        name = "fit",
        description =
                "Fits alpha and beta of a service to results of load tests (CSV, JSON, summaries of k6, vegeta, wrk2), or to"
                        + " the past in a Prometheus. Exit status 1: nothing that could be proposed.")
final class FitCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Tables, or one summary for each number of replicas.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--replicas",
            paramLabel = "N,N,...",
            split = ",",
            description = "Of each summary, in the order of the files.")
    private List<Integer> replicas = new ArrayList<>();

    @Option(
            names = "--saturated",
            description = "Each row was taken at full load: nothing else has to show that it was.")
    private boolean saturated;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "Window of the rates of a table that was recorded while the service ran; 0: steps of a load test.")
    private int windowSeconds;

    @ArgGroup(exclusive = false, heading = "%nFrom the past:%n")
    private @Nullable PrometheusOptions prometheus;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            defaultValue = "SERVICE",
            description = "In queries and in the result.")
    private String service = "";

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the fit into this file.")
    private @Nullable Path picture;

    @Mixin
    private ProposalOptions proposal = new ProposalOptions();

    @Option(names = "--json", description = "JSON for programs instead of text for people.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("A command that nobody parsed");
        }
        Terminal terminal = Terminal.create(spec.commandLine().getOut(), json);
        try {
            proposal.check();
            ProfileFit fit = prometheus == null ? fromFiles() : fromPrometheus(prometheus);
            show(terminal, fit);
            proposal.write(terminal, fit, source(), json);
            return fit.proposed().isPresent() ? 0 : 1;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private String source() {
        return prometheus == null
                ? files.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.joining(", "))
                : "the past in %s".formatted(prometheus.url);
    }

    private ProfileFit fromFiles() throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("A FILE or --prometheus is needed");
        }
        if (!replicas.isEmpty() && replicas.size() != files.size()) {
            throw new IllegalArgumentException(
                    "--replicas has %d numbers for %d files".formatted(replicas.size(), files.size()));
        }
        List<ProfileSample> samples = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            for (ProfileSample sample : SampleFile.read(files.get(i), replicas.isEmpty() ? 0 : replicas.get(i))) {
                samples.add(sample);
            }
        }
        return new ProfileEstimator(settings()).fit(files.size() == 1 ? samples : inOrder(samples));
    }

    /** Runs in files of their own have no common clock. */
    private static List<ProfileSample> inOrder(List<ProfileSample> samples) {
        List<ProfileSample> ordered = new ArrayList<>();
        for (ProfileSample sample : samples) {
            ordered.add(new ProfileSample(
                    Instant.EPOCH.plusSeconds(ordered.size()),
                    sample.replicas(),
                    sample.handledPerSecond(),
                    sample.utilisation(),
                    sample.latencySeconds(),
                    sample.offeredPerSecond()));
        }
        return ordered;
    }

    private FitSettings settings() {
        return windowSeconds > 0
                ? FitSettings.live(Duration.ofSeconds(windowSeconds))
                : FitSettings.loadTest(saturated);
    }

    private ProfileFit fromPrometheus(PrometheusOptions options) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Duration since = options.since();
        ProfileLearner learner = new ProfileLearner(FitSettings.live(options.window()), since);
        new PrometheusHistory(URI.create(options.url), options.step())
                .read(options.queries(service), now.minus(since), now)
                .forEach(learner::observe);
        return learner.fit();
    }

    private void show(Terminal terminal, ProfileFit fit) throws IOException {
        if (picture != null) {
            Files.writeString(picture, ProfilePicture.svg(fit, service));
        }
        if (json) {
            terminal.json(ProfileReport.json(fit));
            return;
        }
        ProfileReport.print(terminal, fit, service);
        if (picture != null) {
            terminal.line("Picture: " + picture);
        }
    }
}
