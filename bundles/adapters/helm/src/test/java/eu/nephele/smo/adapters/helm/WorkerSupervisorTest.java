// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.helm.HelmSettings.WorkerSettings;
import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker process with the real library in it; no cluster is needed. */
class WorkerSupervisorTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    /** A lease that is longer than the delay of a thread on a busy machine. */
    private static final Duration BUSY = Duration.ofMillis(2_500);

    @TempDir
    Path folder;

    private final OwnerFence fence = new OwnerFence(HelmErrors.SYSTEM);
    private WorkerSupervisor workers;
    private HelmClient helm;
    private TestCharts charts;

    @BeforeEach
    void start() {
        use(Bench.workerSettings());
        charts = new TestCharts(folder).with(Bench.CHART, "video", Map.of("templates/map.yaml", TestCharts.CONFIG_MAP));
    }

    @AfterEach
    void end() {
        workers.close();
    }

    @Test
    void rendersAHundredChartsAtATimeInOneProcess() {
        ExecutorService pool = Executors.newFixedThreadPool(100);
        try {
            List<CompletableFuture<String>> all = IntStream.range(0, 100)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> template("release-" + i), pool))
                    .toList();
            for (int i = 0; i < 100; i++) {
                assertThat(all.get(i).join()).contains("{name: release-" + i + "}");
            }
        } finally {
            pool.shutdownNow();
        }
        WorkerState state = workers.state().orElseThrow();
        assertThat(state.starts()).isEqualTo(1);
        assertThat(state.calls()).isEqualTo(100);
        assertThat(state.version()).startsWith(HelmErrors.VERSION);
        assertThat(state.memoryMiB()).isPositive();
        assertThat(state.inFlight()).isZero();
    }

    @Test
    void theEndOfTheWorkerFailsTheCallsUnderWayAndTheNextCallHasANewOne() throws Exception {
        template("first");
        long pid = workers.state().orElseThrow().pid();
        stop(pid);
        HelmCalls.QueuedHelmCall call = workers.begin("template", texts("second"), LONG);
        kill(pid);

        assertThatThrownBy(() -> call.answer().get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        call.end().get(60, TimeUnit.SECONDS);
        assertThat(template("third")).contains("name: third");
        assertThat(workers.state().orElseThrow().pid()).isNotEqualTo(pid);
        Await.until("one folder is left", () -> folders() == 1);
    }

    @Test
    void anInterruptedChangeMayBeDoneAndAnInterruptedReadIsUnavailable() throws Exception {
        template("first");
        long pid = workers.state().orElseThrow().pid();
        stop(pid);
        CompletableFuture<Void> change = CompletableFuture.runAsync(
                () -> helm.change("template", new KeyedLock().none(), "Change", texts("second")));
        CompletableFuture<String> look = CompletableFuture.supplyAsync(() -> template("third"));
        Await.until(
                "two calls are under way", () -> workers.state().orElseThrow().inFlight() == 2);
        kill(pid);

        assertThatThrownBy(change::join).cause().hasFieldOrPropertyWithValue("kind", Kind.TIMED_OUT);
        assertThatThrownBy(look::join).cause().hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE);
    }

    @Test
    void aCallThatIsOverdueGetsItsWorkerReplacedAndOtherCallsEnd() throws Exception {
        template("first");
        long pid = workers.state().orElseThrow().pid();
        stop(pid);
        HelmCalls.QueuedHelmCall overdue = workers.begin("template", texts("second"), Duration.ofMillis(300));
        // longer than a busy machine takes to start another worker
        HelmCalls.QueuedHelmCall patient = workers.begin("template", texts("third"), Duration.ofSeconds(8));

        assertThatThrownBy(() -> overdue.answer().get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(template("fourth")).contains("name: fourth");
        assertThat(workers.state().orElseThrow().pid()).isNotEqualTo(pid);
        assertThat(ProcessHandle.of(pid)).as("others may finish").isPresent();
        assertThat(overdue.end()).as("may still do something").isNotDone();

        assertThatThrownBy(() -> patient.answer().get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        overdue.end().get(60, TimeUnit.SECONDS);
        Await.until("the worker has ended", () -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void aWorkerIsReplacedAfterItsCallsWithoutAnyCallLost() {
        workers.close();
        use(new WorkerSettings(4, 96, 10, 1024));
        for (int i = 0; i < 25; i++) {
            assertThat(template("release-" + i)).contains("{name: release-" + i + "}");
        }
        assertThat(workers.state().orElseThrow().starts()).isEqualTo(3);
        Await.until("one folder is left", () -> folders() == 1);
    }

    @Test
    void aWorkerThatHasGrownIsReplaced() {
        workers.close();
        use(new WorkerSettings(4, 96, 1000, 1));
        template("one");
        template("two");
        Await.until("no worker is left", () -> workers.state().isEmpty());
        template("three");
        assertThat(helm.read("template", "Render", texts("four"))).contains("name: four");
    }

    @Test
    void theWorkerEndsWithItsInputAndTheFolderIsEmptyThen() {
        template("first");
        long pid = workers.state().orElseThrow().pid();
        long start = System.nanoTime();

        workers.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folders()).isZero();
        assertThatThrownBy(() -> template("late")).hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE);
    }

    @Test
    void aWorkerThatIsBeingReplacedEndsWithTheAdapter() {
        workers.close();
        use(new WorkerSettings(4, 96, 1, 1024));
        template("one");
        template("two");

        workers.close();

        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .noneMatch(child -> child.info()
                        .arguments()
                        .map(arguments -> String.join(" ", arguments).contains(folder.toString()))
                        .orElse(false));
        assertThat(folders()).isZero();
    }

    @Test
    void theWorkerEndsWhenTheServerIsKilled() throws Exception {
        Path pidFile = folder.resolve("pid");
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledServer.class.getName(),
                        folder.resolve("killed").toString(),
                        pidFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        try {
            Await.until("the worker runs", () -> Files.exists(pidFile));
            long worker = Long.parseLong(Files.readString(pidFile).strip());
            assertThat(ProcessHandle.of(worker)).isPresent();

            server.destroyForcibly().waitFor();

            Await.until("the worker has ended", () -> ProcessHandle.of(worker)
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        } finally {
            server.destroyForcibly();
        }
    }

    /** A server that has a worker and waits to be killed. */
    static final class KilledServer {
        private KilledServer() {}

        public static void main(String[] arguments) throws Exception {
            WorkerSupervisor workers =
                    Bench.workers(Path.of(arguments[0]), Bench.workerSettings(), new OwnerFence(HelmErrors.SYSTEM));
            workers.begin("version", Map.of(), LONG).answer().get();
            Path part = Path.of(arguments[1] + ".part");
            Files.writeString(part, Long.toString(workers.state().orElseThrow().pid()));
            Files.move(part, Path.of(arguments[1]));
            awaitEndOfParent();
        }
    }

    @Test
    void filesOfFormerWorkersAreDeleted() throws Exception {
        workers.close();
        Path left = Files.createDirectories(folder.resolve("helm/tmp/worker-9/helm-java1"));
        Files.writeString(left.resolve("big"), "x");
        use(Bench.workerSettings());
        assertThat(left).doesNotExist();
    }

    @Test
    void aWorkerThatDoesNotComeUpIsNotStartedAgainAtOnce() {
        workers.close();
        WorkerSettings settings = Bench.workerSettings();
        workers = new WorkerSupervisor(
                settings, new WorkerStart(where -> "/nowhere", folder.resolve("helm"), settings), fence);
        helm = new HelmClient(workers, LONG, fence, () -> CallTracer.NONE);

        AdapterException first = catchThrowableOfType(AdapterException.class, () -> template("one"));
        AdapterException second = catchThrowableOfType(AdapterException.class, () -> template("two"));

        assertThat(first.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(first.retryAfter()).isPresent();
        assertThat(second).hasMessageContaining("the next start is delayed");
    }

    @Test
    void noMoreCallsRunThanMay() throws Exception {
        workers.close();
        use(new WorkerSettings(1, 96, 1000, 1024));
        template("first");
        stop(workers.state().orElseThrow().pid());
        workers.begin("template", texts("second"), Duration.ofSeconds(20));

        assertThatThrownBy(() -> workers.begin("template", texts("third"), Duration.ofMillis(100)))
                .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE)
                .hasMessageContaining("parallel");
        kill(workers.state().orElseThrow().pid());
    }

    @Test
    void aChangeThatWaitedBeyondTheTenureIsNotSent() throws Exception {
        workers.close();
        use(new WorkerSettings(1, 96, 1000, 1024));
        PlayedTenure tenure = new PlayedTenure(LONG);
        fence.begin(tenure);
        template("first");
        long pid = workers.state().orElseThrow().pid();
        stop(pid);
        workers.begin("template", texts("second"), LONG);
        CompletableFuture<Void> change = CompletableFuture.runAsync(
                () -> helm.change("template", new KeyedLock().none(), "Change", texts("third")));
        Await.until("the change waits for its turn", () -> waits("takePlace"));
        tenure.left(Duration.ZERO);
        kill(pid);

        assertThatThrownBy(change::join)
                .cause()
                .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE)
                .hasMessageContaining("nothing was sent");
        assertThat(workers.state().map(WorkerState::calls).orElse(0L)).isZero();
    }

    /** Returns whether a thread waits in that method of the workers. */
    private static boolean waits(String method) {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().equals(WorkerSupervisor.class.getName())
                        && frame.getMethodName().equals(method));
    }

    @Test
    void aReadUnderWayOutlivesTheTenure() throws Exception {
        PlayedTenure tenure = new PlayedTenure(LONG);
        fence.begin(tenure);
        template("first");
        long pid = workers.state().orElseThrow().pid();
        stop(pid);
        HelmCalls.QueuedHelmCall read = workers.begin("template", texts("second"), LONG);
        tenure.left(Duration.ZERO);
        // its end comes after several looks at the tenure
        HelmCalls.QueuedHelmCall later = workers.begin("template", texts("third"), Duration.ofMillis(400));
        assertThatThrownBy(() -> later.answer().get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(read.answer()).isNotDone();
        kill(pid);
    }

    @Test
    void aChangeUnderWayEndsWithTheTenure() throws Exception {
        PlayedTenure tenure = new PlayedTenure(LONG);
        fence.begin(tenure);
        template("first");
        long pid = workers.state().orElseThrow().pid();
        stop(pid);
        workers.begin("template", texts("second"), LONG);
        CompletableFuture<Void> change = CompletableFuture.runAsync(
                () -> helm.change("template", new KeyedLock().none(), "Change", texts("third")));
        Await.until(
                "two calls are under way", () -> workers.state().orElseThrow().inFlight() == 2);
        tenure.left(Duration.ZERO);
        assertThatThrownBy(change::join)
                .cause()
                .hasFieldOrPropertyWithValue("kind", Kind.UNAVAILABLE)
                .hasMessageContaining("no longer owns its database");
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(template("fourth")).as("reads continue, in another worker").contains("name: fourth");
        Await.until("one folder is left", () -> folders() == 1);
    }

    /** Accepts connections and never answers: a change lasts as long as Helm waits. */
    private static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static Map<String, String> lasting(Path chart, int port) {
        return Map.of(
                Frame.NAME,
                "video",
                Frame.NAMESPACE,
                "demo",
                Frame.CHART,
                chart.toString(),
                Frame.VALUES,
                "{}",
                Frame.DESCRIPTION,
                "lasts",
                Frame.TIMEOUT_SECONDS,
                "120",
                Frame.KUBECONFIG,
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: it, context: {cluster: it, user: it}}]
                users: [{name: it, user: {token: none}}]
                current-context: it
                """.formatted(port));
    }

    @Test
    void aWorkerHearsOfItsServerForAsLongAsItChangesSomething() throws Exception {
        PlayedTenure tenure = new PlayedTenure(BUSY);
        fence.begin(tenure);
        try (ServerSocket api = silent()) {
            Path chart = charts.chart(Bench.CHART).file();
            HelmCalls.QueuedHelmCall change = workers.change("install", lasting(chart, api.getLocalPort()), LONG);
            long pid = workers.state().orElseThrow().pid();
            awaitDuration(BUSY.multipliedBy(2));
            assertThat(change.answer()).as("goes on, two leases later").isNotDone();
            tenure.left(Duration.ZERO);
            assertThatThrownBy(() -> change.answer().get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(TenureEnded.class);
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void aWorkerInTheMiddleOfAChangeEndsItselfWhenItsServerStandsStill() throws Exception {
        Path pidFile = folder.resolve("pid");
        try (ServerSocket api = silent()) {
            Process server = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            StoppedServer.class.getName(),
                            folder.resolve("stopped").toString(),
                            pidFile.toString(),
                            charts.chart(Bench.CHART).file().toString(),
                            Integer.toString(api.getLocalPort()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("server.log").toFile())
                    .start();
            try {
                Await.until("the worker runs", () -> Files.exists(pidFile));
                long worker = Long.parseLong(Files.readString(pidFile).strip());
                assertThat(ProcessHandle.of(worker).filter(ProcessHandle::isAlive))
                        .as("while its server runs")
                        .isPresent();

                stop(server.pid());

                Await.until("the worker has ended", () -> isGone(worker));
                assertThat(server.isAlive()).isTrue();
                proceed(server.pid());
                assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(folder.resolve("server.log"))).contains("Helm has ended itself");
            } finally {
                server.destroyForcibly();
            }
        }
    }

    /** Its end may be unnoticed so far: its server is paused. */
    private static boolean isGone(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .contains(") Z ");
        } catch (IOException gone) {
            return true;
        }
    }

    /** A server whose worker has been changing something for longer than its lease, and that waits to be stopped. */
    static final class StoppedServer {
        private StoppedServer() {}

        public static void main(String[] arguments) throws Exception {
            OwnerFence fence = new OwnerFence(HelmErrors.SYSTEM);
            fence.begin(new PlayedTenure(BUSY));
            WorkerSupervisor workers = Bench.workers(Path.of(arguments[0]), Bench.workerSettings(), fence);
            HelmCalls.QueuedHelmCall change = workers.change(
                    "install", lasting(Path.of(arguments[2]), Integer.parseInt(arguments[3])), Duration.ofMinutes(1));
            awaitDuration(BUSY.plusSeconds(1));
            Path part = Path.of(arguments[1] + ".part");
            Files.writeString(part, Long.toString(workers.state().orElseThrow().pid()));
            Files.move(part, Path.of(arguments[1]));
            change.answer()
                    .handle((frame, failed) -> {
                        System.out.println("told: " + failed);
                        return frame;
                    })
                    .get();
            System.exit(0);
        }
    }

    @Test
    void valuesAreNotLeftInFiles() {
        template("first");
        assertThat(filesNamed("values")).isEmpty();
    }

    private void use(WorkerSettings settings) {
        workers = Bench.workers(folder.resolve("helm"), settings, fence);
        helm = new HelmClient(workers, LONG, fence, () -> CallTracer.NONE);
    }

    private String template(String name) {
        return helm.read("template", "Render " + name, texts(name));
    }

    private Map<String, String> texts(String name) {
        return Map.of(
                Frame.NAME,
                name,
                Frame.NAMESPACE,
                "demo",
                Frame.CHART,
                charts.chart(Bench.CHART).file().toString(),
                Frame.VALUES,
                "{}");
    }

    private long folders() {
        String[] names = folder.resolve("helm/tmp").toFile().list();
        return names == null ? 0 : names.length;
    }

    private List<Path> filesNamed(String start) {
        try (Stream<Path> files = Files.walk(folder.resolve("helm/tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Pauses the process: it neither answers nor ends. */
    private static void stop(long pid) throws Exception {
        new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
    }

    private static void proceed(long pid) throws Exception {
        new ProcessBuilder("kill", "-CONT", Long.toString(pid)).start().waitFor();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** The input of a child process of this test ends with this process. */
    private static void awaitEndOfParent() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    /** Waits longer than some leases, because the duration of a lease in another process is real. */
    private static void awaitDuration(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        Await.until(duration + " have passed", () -> System.nanoTime() - end >= 0);
    }
}
