// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.ProfilePicture;
import eu.nephele.smo.scaling.profiler.FitSettings;
import eu.nephele.smo.scaling.profiler.ProfileEstimator;
import eu.nephele.smo.scaling.profiler.ProfileFit;
import eu.nephele.smo.scaling.profiler.ProfileSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code profile test}: a driven test of a service at a loopback address, and the fit of what it showed. */
@Command(
        name = "test",
        description =
                "Sends GET requests to a service at a loopback address, more and more per second until latency bends, and fits"
                        + " alpha and beta. Exit status 1: nothing that could be proposed.")
final class TestCommand implements Callable<Integer> {

    private static final double MOST_PER_SECOND = 20_000;
    private static final int MOST_SECONDS = 600;

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(index = "0", paramLabel = "URL", description = "http://127.0.0.1:PORT/PATH")
    private String url = "";

    @Option(
            names = "--replicas",
            paramLabel = "N,N,...",
            split = ",",
            defaultValue = "1",
            description = "How many answer there; of several the command asks for the next after each ramp.")
    private List<Integer> replicas = List.of(1);

    @Option(
            names = "--from",
            paramLabel = "RATE",
            defaultValue = "5",
            description = "First requests per second; default: 5.")
    private double from;

    @Option(
            names = "--max-rate",
            paramLabel = "RATE",
            defaultValue = "2000",
            description = "Highest requests per second, at most 20000; default: 2000.")
    private double most;

    @Option(
            names = "--step-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Length of a step; default: 5.")
    private double stepSeconds;

    @Option(
            names = "--max-seconds",
            paramLabel = "N",
            defaultValue = "180",
            description = "Time for one ramp, at most 600; default: 180.")
    private int maxSeconds;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Writes the steps at full load as CSV, for ./smo profile fit --saturated.")
    private @Nullable Path output;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the fit into this file.")
    private @Nullable Path picture;

    @Mixin
    private ProposalOptions proposal = new ProposalOptions();

    @Option(names = "--json", description = "The last line is JSON for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("A command that nobody parsed");
        }
        URI target;
        try {
            target = loopback(url);
            check();
            proposal.check();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
        Terminal terminal = Terminal.create(spec.commandLine().getOut(), json);
        List<ProfileSample> samples = new ArrayList<>();
        List<String> rows = new ArrayList<>(List.of("at,replicas,requestsPerSecond,offeredPerSecond,latencySeconds"));
        for (int i = 0; i < replicas.size(); i++) {
            int count = replicas.get(i);
            if (i > 0 && !confirmed(terminal, count)) {
                break;
            }
            ramp(terminal, target).forEach(step -> {
                samples.add(step.sample(count));
                rows.add(step.csv(count));
            });
        }
        if (output != null) {
            Files.write(output, rows);
        }
        ProfileFit fit = new ProfileEstimator(FitSettings.loadTest(true)).fit(samples);
        return show(terminal, fit);
    }

    private int show(Terminal terminal, ProfileFit fit) throws IOException {
        if (picture != null) {
            Files.writeString(picture, ProfilePicture.svg(fit, url));
        }
        if (json) {
            terminal.json(ProfileReport.json(fit));
        } else {
            terminal.line("");
            ProfileReport.print(terminal, fit, "SERVICE");
        }
        proposal.write(terminal, fit, "a driven test of " + url, json);
        return fit.proposed().isPresent() ? 0 : 1;
    }

    private List<LoadTestStep> ramp(Terminal terminal, URI target) {
        LoadRamp ramp = new LoadRamp(
                from, most, Duration.ofMillis(Math.round(stepSeconds * 1000)), Duration.ofSeconds(maxSeconds));
        return ramp.run(
                new LoadDriver(target),
                step -> terminal.line(String.format(
                        Locale.ROOT,
                        "%8.1f due/s %8.1f answered/s %8.1f ms",
                        step.offeredPerSecond(),
                        step.handledPerSecond(),
                        step.latencySeconds() * 1000)));
    }

    private static boolean confirmed(Terminal terminal, int replicas) throws IOException {
        terminal.notable("Now %d replicas: press Enter when they are ready".formatted(replicas));
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine() != null;
    }

    private void check() {
        if (!(from > 0 && from <= most && most <= MOST_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "--from and --max-rate are above 0, at most %.0f, and in this order".formatted(MOST_PER_SECOND));
        }
        if (!(stepSeconds >= 0.2) || maxSeconds < stepSeconds || maxSeconds > MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "--step-seconds is 0.2 or more, --max-seconds at least that and at most " + MOST_SECONDS);
        }
        if (replicas.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("--replicas are 1 or more");
        }
    }

    /**
     * Load that somebody else would have to bear is not sent, whatever is asked for.
     *
     * @return with the address that was examined in place of the name, which may mean another one when it is looked up again
     */
    static URI loopback(String url) {
        URI target;
        try {
            target = URI.create(url);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("'%s' is no URL".formatted(url), wrong);
        }
        if (!("http".equals(target.getScheme()) || "https".equals(target.getScheme())) || target.getHost() == null) {
            throw new IllegalArgumentException(
                    "'%s' is no address that begins with http:// or https://".formatted(url));
        }
        try {
            InetAddress[] addresses = InetAddress.getAllByName(target.getHost());
            if (!Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
                throw new IllegalArgumentException(
                        "%s is no loopback address: load is sent to this machine only".formatted(target.getHost()));
            }
            return at(target, addresses[0]);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("Host %s is unknown".formatted(target.getHost()), unknown);
        }
    }

    private static URI at(URI target, InetAddress address) {
        String host =
                address instanceof Inet6Address ? "[%s]".formatted(address.getHostAddress()) : address.getHostAddress();
        String port = target.getPort() < 0 ? "" : ":" + target.getPort();
        String path = Optional.ofNullable(target.getRawPath()).orElse("");
        String query =
                Optional.ofNullable(target.getRawQuery()).map("?"::concat).orElse("");
        return URI.create("%s://%s%s%s%s".formatted(target.getScheme(), host, port, path, query));
    }
}
