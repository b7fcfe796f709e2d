// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static eu.nephele.smo.adapters.oci.FakeRegistry.CHART_LAYER;
import static eu.nephele.smo.adapters.oci.FakeRegistry.HELM;
import static eu.nephele.smo.adapters.oci.FakeRegistry.TAR_LAYER;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedChart;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedDescriptor;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contents that are fetched again, and cached ones. */
@Timeout(30)
class CachingTest {

    private static final Layer LAYER = new Layer(TAR_LAYER, Tars.hdag("g", Tars.graph("g")), "");
    private static final Layer NEWER = new Layer(TAR_LAYER, Tars.hdag("g", Tars.graph("newer")), "");

    @TempDir
    Path directory;

    private final FakeRegistry registry = new FakeRegistry();
    /** Open until the end of the test: requests that get no answer before wait for it. */
    private final CountDownLatch over = new CountDownLatch(1);

    private final Digest digest = registry.artifact("a/b", "1", "application/json", LAYER);
    private Sut sut;
    private OciArtifacts artifacts;

    @BeforeEach
    void open() {
        sut = new Sut(directory).plain(registry.host());
        sut.tagAge = Duration.ofSeconds(60);
        artifacts = sut.open();
    }

    @AfterEach
    void close() {
        over.countDown();
        artifacts.close();
        registry.close();
    }

    @Test
    void aTagIsAskedForAgainAfterItsTime() {
        FetchedDescriptor first = fetch("a/b:1");
        registry.artifact("a/b", "1", "application/json", NEWER);

        assertThat(fetch("a/b:1")).isEqualTo(first);
        assertThat(registry.asked).hasSize(3);
        sut.clock.forward(Duration.ofSeconds(61));
        assertThat(fetch("a/b:1").content()).contains("newer");
    }

    @Test
    void aTagThatHasNotMovedCostsOneQuestion() {
        fetch("a/b:1");
        sut.clock.forward(Duration.ofSeconds(61));
        int before = registry.asked.size();

        fetch("a/b:1");

        assertThat(registry.asked.subList(before, registry.asked.size()))
                .extracting(FakeRegistry.Asked::method)
                .containsExactly("HEAD");
    }

    @Test
    void whatHasADigestIsFetchedOnce() {
        fetch("a/b@" + digest);
        int before = registry.asked.size();
        sut.clock.forward(Duration.ofDays(1));

        assertThat(fetch("a/b@" + digest).content()).isEqualTo(Tars.graph("g"));
        assertThat(fetch("a/b:other@" + digest).digest()).isEqualTo(digest.toString());
        assertThat(registry.asked).hasSize(before);
    }

    @Test
    void whatIsKnownIsUsedWhileTheRegistryIsAwayAlsoAfterARestart() {
        registry.on(
                "/v2/a/b/tags/list",
                FakeRegistry.content(200, "application/json", "{\"tags\":[\"1\"]}".getBytes(StandardCharsets.UTF_8)));
        FetchedDescriptor known = fetch("a/b:1");
        fetch("a/b");
        registry.close();
        artifacts.close();
        artifacts = sut.open();
        sut.clock.forward(Duration.ofDays(3));

        assertThat(fetch("a/b:1")).isEqualTo(known);
        assertThat(fetch("a/b")).isEqualTo(known);
        assertThat(fetch("a/b@" + digest)).isEqualTo(known);
        Expect.failure(Kind.UNAVAILABLE, () -> fetch("a/b:2"));
    }

    @Test
    void whatIsKnownIsUsedWhileTheRegistryHangsOrFails() {
        fetch("a/b:1");
        artifacts.close();
        sut.answerTimeout = Duration.ofMillis(300);
        artifacts = sut.open();
        sut.clock.forward(Duration.ofMinutes(2));

        registry.on("/v2/a/b/manifests/1", (asked, out) -> over.await());
        assertThat(fetch("a/b:1").digest()).isEqualTo(digest.toString());
        registry.on("/v2/a/b/manifests/1", FakeRegistry.status(503));
        assertThat(fetch("a/b:1").digest()).isEqualTo(digest.toString());
    }

    @Test
    void aTagThatWasRemovedOrClosedOffIsNotTakenFromTheCache() {
        fetch("a/b:1");
        sut.clock.forward(Duration.ofMinutes(2));

        registry.on("/v2/a/b/manifests/1", FakeRegistry.status(404));
        Expect.failure(Kind.NOT_FOUND, () -> fetch("a/b:1"));
        registry.on("/v2/a/b/manifests/1", FakeRegistry.status(401));
        Expect.failure(Kind.REFUSED, () -> fetch("a/b:1"));
    }

    @Test
    void aDamagedFileIsFetchedAnew() throws IOException {
        fetch("a/b:1");
        for (Path blob : blobs()) {
            Files.writeString(blob, "damaged");
        }

        assertThat(fetch("a/b:1").content()).isEqualTo(Tars.graph("g"));
        assertThat(registry.count("GET", "/blobs/")).isEqualTo(2);
    }

    @Test
    void aDamagedFileIsNotUsedWhileTheRegistryIsAway() throws IOException {
        fetch("a/b:1");
        for (Path blob : blobs()) {
            Files.write(blob, Arrays.copyOf(Files.readAllBytes(blob), 10));
        }
        registry.close();

        Expect.failure(Kind.UNAVAILABLE, () -> fetch("a/b:1"));
    }

    @Test
    void aDamagedCacheOfTagsIsNoFailure() throws IOException {
        fetch("a/b:1");
        try (Stream<Path> tags = Files.list(directory.resolve("tags"))) {
            for (Path tag : tags.toList()) {
                Files.write(tag, new byte[] {0, (byte) 0xff, '\n', 'x'});
            }
        }

        assertThat(fetch("a/b:1").digest()).isEqualTo(digest.toString());
    }

    @Test
    void whatManyAskForAtTheSameTimeIsFetchedOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(16);
        registry.on(FakeRegistry.blob("a/b", LAYER), (asked, out) -> {
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            awaitWaiting();
            FakeRegistry.content(200, "x/y", LAYER.content()).write(asked, out);
        });
        ExecutorService many = Executors.newFixedThreadPool(16);
        try {
            List<Future<FetchedDescriptor>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(many.submit(() -> {
                    begun.countDown();
                    return fetch("a/b@" + digest);
                }));
            }
            for (Future<FetchedDescriptor> each : all) {
                assertThat(each.get().content()).isEqualTo(Tars.graph("g"));
            }
        } finally {
            many.shutdownNow();
        }

        assertThat(registry.count("GET", "/blobs/")).isEqualTo(1);
        assertThat(registry.count("GET", "/manifests/")).isEqualTo(1);
    }

    @Test
    void aCancelledFetchDoesNotEndForOtherWaitingCallers() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        CountDownLatch asked = new CountDownLatch(1);
        registry.on(FakeRegistry.blob("a/b", LAYER), (request, out) -> {
            if (first.getAndSet(false)) {
                FakeRegistry.head(out, 200, "x/y", LAYER.content().length);
                asked.countDown();
                over.await();
            }
            FakeRegistry.content(200, "x/y", LAYER.content()).write(request, out);
        });
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Future<FetchedDescriptor> impatient = two.submit(() -> fetch("a/b@" + digest));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            Future<FetchedDescriptor> patient = two.submit(() -> fetch("a/b@" + digest));
            awaitWaiting();
            impatient.cancel(true);

            assertThat(patient.get().content()).isEqualTo(Tars.graph("g"));
        } finally {
            two.shutdownNow();
        }
    }

    private static void awaitWaiting() {
        Await.until("a caller waits for another one", () -> waiting() > 0);
    }

    /** Threads that wait for the fetch of another one. */
    private static long waiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("smo-oci"))
                .filter(each -> Arrays.stream(each.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(SingleFlight.class.getName())
                                && frame.getMethodName().equals("await")))
                .count();
    }

    @Test
    void whatWasBeingWrittenWhenTheServerEndedIsGoneAfterAStart() throws IOException {
        fetch("a/b:1");
        Path tags = directory.resolve("tags");
        try (Stream<Path> all = Files.list(tags)) {
            Files.copy(all.findFirst().orElseThrow(), tags.resolve("half.part"));
        }
        artifacts.close();
        artifacts = sut.open();

        assertThat(tags.resolve("half.part")).doesNotExist();
        assertThat(tags).isNotEmptyDirectory();
    }

    @Test
    void theCacheKeepsItsBoundAndWhatWasUsedLast() throws IOException {
        artifacts.close();
        sut.cacheBytes = 250_000;
        artifacts = sut.open();
        List<FetchedChart> charts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            charts.add(chart("c" + i, i));
            sut.clock.forward(Duration.ofMinutes(2));
            artifacts.chart(registry.reference("charts/c0:1"));
        }

        assertThat(charts.get(0).file()).exists();
        assertThat(charts.get(1).file()).doesNotExist();
        assertThat(charts.get(3).file()).exists();
        long bytes = 0;
        for (Path blob : blobs()) {
            bytes += Files.size(blob);
        }
        assertThat(bytes).isLessThanOrEqualTo(250_000);
    }

    @Test
    void whatWasFetchedWithinAMinuteStaysEvenBeyondTheBound() {
        artifacts.close();
        sut.cacheBytes = 1;
        artifacts = sut.open();

        FetchedChart first = chart("c1", 1);
        sut.clock.forward(Duration.ofSeconds(59));
        chart("c2", 2);
        assertThat(first.file()).exists();
        sut.clock.forward(Duration.ofSeconds(2));
        chart("c3", 3);
        assertThat(first.file()).doesNotExist();
    }

    private FetchedChart chart(String name, int seed) {
        byte[] noise = new byte[100_000];
        new Random(seed).nextBytes(noise);
        byte[] tar = new Tars()
                .file(name + "/Chart.yaml", "name: " + name + "\nversion: 1\n")
                .file(name + "/noise", noise)
                .gzipped();
        registry.artifact("charts/" + name, "1", HELM, new Layer(CHART_LAYER, tar, ""));
        return artifacts.chart(registry.reference("charts/" + name + ":1"));
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> blobs = Files.list(directory.resolve("blobs"))) {
            return blobs.toList();
        }
    }

    private FetchedDescriptor fetch(String path) {
        return artifacts.descriptor(registry.reference(path));
    }
}
