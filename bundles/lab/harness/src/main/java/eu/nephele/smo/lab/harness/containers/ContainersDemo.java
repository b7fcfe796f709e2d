// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import eu.nephele.smo.lab.harness.containers.ContainersDemoResult.StepTimes;
import eu.nephele.smo.lab.harness.containers.PoolView.DecidedChange;
import eu.nephele.smo.lab.harness.containers.PoolView.SeenService;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.PodmanService;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The story of a service on plain servers behind a balancer, told while it happens. */
public final class ContainersDemo implements AutoCloseable {

    private static final List<String> PROGRAMS =
            List.of("podman", "runc", "conmon", "slirp4netns", "haproxy", "busybox");
    private static final int STEPS = 7;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration STEADY = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 200;
    private static final double NANOS = 1e9;

    private final List<String> serverCommand;
    private final int servers;
    private final int checkSeconds;
    private final PrintStream out;
    private final ContainerWorld world;
    private Optional<BurnLoad> load = Optional.empty();
    private String shown = "";
    private int step;

    /**
     * Nothing is started yet.
     *
     * @param serverCommand that starts a server, to which options are added
     * @param servers with an engine each
     * @param checkSeconds between two decisions
     * @param out for people
     */
    public ContainersDemo(List<String> serverCommand, int servers, int checkSeconds, PrintStream out)
            throws IOException {
        this.serverCommand = List.copyOf(serverCommand);
        this.servers = servers;
        this.checkSeconds = checkSeconds;
        this.out = out;
        this.world = new ContainerWorld();
    }

    /**
     * One line for each program that is missing on this machine, with what to do.
     *
     * @throws IOException when a program cannot be read
     */
    public static List<String> absent() throws IOException {
        Binaries binaries = Binaries.ofThisMachine();
        List<String> absent = binaries.absent(PROGRAMS);
        if (absent.isEmpty()) {
            try {
                return BurnImage.unfit(binaries.find("busybox")).stream().toList();
            } catch (MissingComponentException gone) {
                return List.of(gone.getMessage());
            }
        }
        return absent;
    }

    /**
     * Shows all; afterwards everything still runs, under a light load.
     *
     * @throws IOException when a step fails, with its reason
     */
    public ContainersDemoResult run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        begin("%d servers with Podman, and an image of a service that burns processor time".formatted(servers));
        BurnImage first = world.image("1");
        BurnImage second = world.image("2");
        world.startEngines(servers, List.of(first, second));
        say("%d engines, each with a storage of its own".formatted(servers));

        begin("The SMO reads containers.yaml, HAProxy starts with what it writes");
        world.startServerAndBalancer(serverCommand, first, checkSeconds);
        PoolView view = new PoolView(world.server());
        BurnLoad clients = new BurnLoad(serviceAddress(), LoadLevel.QUIET);
        load = Optional.of(clients);
        // HAProxy and the first container come up meanwhile: what fails before the first answer is no request of the
        // service
        await(
                "the first answer",
                view,
                seen -> seen.serving().size() == 1 && !clients.lastPage().isEmpty());
        tellWhere();
        clients.close();
        BurnLoad measured = new BurnLoad(serviceAddress(), LoadLevel.QUIET);
        load = Optional.of(measured);

        GrowthFigures up = scaleUp(view, measured);
        measured.set(LoadLevel.USUAL);
        ReplacementFigures replaced = replace(view, measured);
        UpdateFigures updated = update(view, measured, second);
        int down = scaleDown(view, measured);
        long serverMegabytes = world.serverMegabytes();
        long balancerMegabytes = world.balancerMegabytes();

        begin("Look yourself");
        tellWhere();
        say("memory in use: SMO %d MB, HAProxy %d MB, together %d MB"
                .formatted(serverMegabytes, balancerMegabytes, serverMegabytes + balancerMegabytes));
        LoadTally all = measured.tally();
        say("%d requests, %d failed%s"
                .formatted(
                        all.requests(),
                        all.failed(),
                        all.failed() == 0 ? "" : " (the last one: %s)".formatted(measured.lastFailure())));
        return new ContainersDemoResult(
                all,
                replaced.requests(),
                updated.requests(),
                servers,
                up.replicas(),
                down,
                replaced.containers(),
                updated.containers(),
                new StepTimes(
                        checkSeconds,
                        up.loadToServed(),
                        up.thresholdToServed(),
                        up.decisionToServed(),
                        replaced.seconds(),
                        updated.seconds(),
                        secondsSince(begin)),
                serverMegabytes,
                balancerMegabytes);
    }

    private record GrowthFigures(
            int replicas, double loadToServed, double thresholdToServed, double decisionToServed) {}

    private GrowthFigures scaleUp(PoolView view, BurnLoad clients) throws IOException, InterruptedException {
        begin("Load: %s, over the threshold of %d %% CPU".formatted(LoadLevel.HEAVY, ContainerWorld.UP_PERCENT));
        Set<String> before = ids(view.service().containers());
        RisingLoad rising = new RisingLoad(clients, this::say);
        await("a new replica that answers", view, seen -> {
            rising.follow(seen.containers().size() == before.size() && seen.meanCpu() < ContainerWorld.UP_PERCENT);
            return seen.containers().stream()
                    .anyMatch(each -> isNew(before, each)
                            && clients.firstAnswer(each.shortId()).isPresent());
        });
        SeenContainer added = view.service().containers().stream()
                .filter(each -> isNew(before, each)
                        && clients.firstAnswer(each.shortId()).isPresent())
                .findFirst()
                .orElseThrow(() -> new IOException("The new replica is gone already"));
        DecidedChange change = view.change(true, rising.at())
                .orElseThrow(() -> new IOException("A replica came without a decision that is told"));
        double toServed = (clients.firstAnswer(added.shortId()).orElseThrow().atNanos() - rising.atNanos()) / NANOS;
        double toDecision = Duration.between(rising.at(), change.at()).toMillis() / 1e3;
        // the decision may have been made before anybody here looked
        Instant crossed = rising.felt().filter(change.at()::isAfter).orElse(change.at());
        double toThreshold = Duration.between(rising.at(), crossed).toMillis() / 1e3;
        say("decided after %s s: %s".formatted(seconds(toDecision), change.reason()));
        say("%s answers its first request %s s after the load rose, %s s after the threshold, %s s after the decision"
                .formatted(added, seconds(toServed), seconds(toServed - toThreshold), seconds(toServed - toDecision)));
        return new GrowthFigures(
                view.service().serving().size(), toServed, toServed - toThreshold, toServed - toDecision);
    }

    private static boolean isNew(Set<String> before, SeenContainer container) {
        return !before.contains(container.id());
    }

    private record ReplacementFigures(int containers, double seconds, LoadTally requests) {}

    private ReplacementFigures replace(PoolView view, BurnLoad clients) throws IOException, InterruptedException {
        begin("A container is killed, under %s".formatted(LoadLevel.USUAL));
        List<SeenContainer> serving = view.service().serving();
        SeenContainer victim = serving.get(0);
        LoadTally before = clients.tally();
        long begin = System.nanoTime();
        String process = process(victim);
        for (PodmanService engine : world.engines()) {
            engine.killContainer(victim.id());
        }
        say("SIGKILL for " + victim);
        // an engine may start it anew before anybody has looked
        await(
                "the container that was killed to be gone or started anew",
                view,
                seen -> seen.serving().stream().noneMatch(each -> each.id().equals(victim.id()))
                        || !process(victim).equals(process));
        TimeUnit.NANOSECONDS.sleep(STEADY.toNanos());
        await("as many replicas as before", view, seen -> seen.serving().size() >= serving.size());
        double seconds = secondsSince(begin);
        boolean same = ids(view.service().serving()).contains(victim.id());
        LoadTally requests = clients.tally().since(before);
        say("its place is taken after %s s by %s; %d of %d requests failed"
                .formatted(
                        seconds(seconds),
                        same ? "itself, started anew" : "another one",
                        requests.failed(),
                        requests.requests()));
        return new ReplacementFigures(1, seconds, requests);
    }

    /** Of the container, "" when it does not run. */
    private String process(SeenContainer container) throws IOException, InterruptedException {
        for (PodmanService engine : world.engines()) {
            Optional<String> found = engine.processes()
                    .lines()
                    .filter(line -> line.startsWith(container.id()))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return "";
    }

    private record UpdateFigures(int containers, double seconds, LoadTally requests) {}

    private UpdateFigures update(PoolView view, BurnLoad clients, BurnImage image)
            throws IOException, InterruptedException {
        begin("A rolling update to %s, under %s".formatted(image.reference(), LoadLevel.USUAL));
        LoadTally before = clients.tally();
        long begin = System.nanoTime();
        view.update(image);
        await(
                "all containers with the new image",
                view,
                seen -> !seen.containers().isEmpty()
                        && seen.containers().stream().allMatch(each -> isOf(image, each) && each.serves())
                        && clients.lastPage().equals(image.version()));
        double seconds = secondsSince(begin);
        int updated = view.service().serving().size();
        // the last request of an old replica has ended, too
        TimeUnit.NANOSECONDS.sleep(STEADY.toNanos());
        LoadTally requests = clients.tally().since(before);
        say("%d replicas are new after %s s; %d of %d requests failed"
                .formatted(updated, seconds(seconds), requests.failed(), requests.requests()));
        return new UpdateFigures(updated, seconds, requests);
    }

    private static boolean isOf(BurnImage image, SeenContainer container) {
        return container.image().endsWith(image.reference());
    }

    private int scaleDown(PoolView view, BurnLoad clients) throws IOException, InterruptedException {
        begin("The load ends: %s".formatted(LoadLevel.QUIET));
        int before = view.service().containers().size();
        Instant began = Instant.now();
        clients.set(LoadLevel.QUIET);
        await(
                "fewer replicas",
                view,
                seen -> seen.containers().size() < before
                        && seen.serving().size() == seen.containers().size());
        view.change(false, began).ifPresent(change -> say("decided: " + change.reason()));
        return view.service().serving().size();
    }

    private URI serviceAddress() {
        return URI.create("http://127.0.0.1:%d/".formatted(world.servicePort()));
    }

    private void tellWhere() {
        String server = world.server().url().toString();
        say("web page                 %s/dashboard/".formatted(server));
        say("command line             ./smo containers list --url %s".formatted(server));
        say("original's interface     http://127.0.0.1:%d/services/%s/stats"
                .formatted(world.interfacePort(), ContainerWorld.SERVICE));
        say("statistics of HAProxy    http://127.0.0.1:%d/".formatted(world.statisticsPort()));
        say("the service              %scgi-bin/burn?50".formatted(serviceAddress()));
    }

    @FunctionalInterface
    private interface ServiceCondition {
        boolean holds(SeenService seen) throws IOException, InterruptedException;
    }

    /** Tells each change of the containers meanwhile. */
    private void await(String what, PoolView view, ServiceCondition state) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        SeenService seen = view.service();
        tell(seen);
        while (!state.holds(seen)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("Waited %d s for %s; there is: %s, CPU %s %%"
                        .formatted(LIMIT.toSeconds(), what, containers(seen), seconds(seen.meanCpu())));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            seen = view.service();
            tell(seen);
        }
    }

    private void tell(SeenService seen) {
        String now = containers(seen);
        if (!now.equals(shown) && !now.isEmpty()) {
            shown = now;
            say("%s; CPU %s %%".formatted(now, seconds(seen.meanCpu())));
        }
    }

    private static String containers(SeenService seen) {
        return seen.containers().stream().map(SeenContainer::toString).sorted().collect(Collectors.joining(", "));
    }

    private static Set<String> ids(List<SeenContainer> containers) {
        return containers.stream().map(SeenContainer::id).collect(Collectors.toSet());
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static double secondsSince(long beginNanos) {
        return (System.nanoTime() - beginNanos) / NANOS;
    }

    private void begin(String title) {
        step++;
        out.printf("%n[%d/%d] %s%n", step, STEPS, title);
    }

    private void say(String line) {
        out.println("  " + line);
    }

    /** Whether it ends because of a signal, so that failures mean nothing. */
    public boolean isEnding() {
        return world.isEnding();
    }

    @Override
    public void close() throws IOException {
        load.ifPresent(BurnLoad::close);
        world.close();
    }
}
