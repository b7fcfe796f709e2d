// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static eu.nephele.smo.adapters.oci.FakeRegistry.MANIFEST;
import static eu.nephele.smo.adapters.oci.FakeRegistry.TAR_LAYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.adapters.oci.FakeRegistry.Answer;
import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that are unavailable, slow, broken or malicious. */
@Timeout(60)
class FaultsTest {

    private static final String REPOSITORY = "a/b";
    private static final Layer LAYER = new Layer(TAR_LAYER, Tars.hdag("g", Tars.graph("g")), "");
    private static final String TAG = "/v2/a/b/manifests/1";

    @TempDir
    Path directory;

    private final FakeRegistry registry = new FakeRegistry();
    private final Digest digest = registry.artifact(REPOSITORY, "1", "application/json", LAYER);

    private final List<OciArtifacts> opened = new ArrayList<>();

    private OciArtifacts open(Sut sut) {
        OciArtifacts artifacts = sut.open();
        opened.add(artifacts);
        return artifacts;
    }

    /** Also after a failure: remaining threads would be found by the tests for leaks. */
    @AfterEach
    void close() throws IOException {
        opened.forEach(OciArtifacts::close);
        registry.close();
        try (Stream<Path> parts = Files.list(directory.resolve("parts"))) {
            assertThat(parts).as("half-fetched files").isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED",
        "403, REFUSED",
        "404, NOT_FOUND",
        "408, TIMED_OUT",
        "409, REFUSED",
        "422, REFUSED",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, TIMED_OUT"
    })
    void aStatusIsClassifiedWhereverItComes(int status, Kind kind) {
        String manifest = TAG.replace("/1", "/" + digest);
        String blob = FakeRegistry.blob(REPOSITORY, LAYER);
        for (String path : new String[] {blob, manifest, TAG}) {
            registry.on(path, FakeRegistry.status(status));

            failure(kind).withMessageContaining("answered " + status).withMessageContaining(registry.host());
        }
    }

    @Test
    void theWordsOfTheRegistryArePassedOn() {
        registry.on(FakeRegistry.blob(REPOSITORY, LAYER), FakeRegistry.status(500));

        failure(Kind.UNAVAILABLE).withMessageContaining("SOME_CODE words of the registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "{\"errors\":null}", "", "no JSON", "{\"errors\":[null]}"})
    void whateverTheWordsAreTheStatusCounts(String words) {
        registry.on(TAG.replace("/1", "/" + digest), content(words));

        failure(Kind.NOT_FOUND).withMessageContaining("answered 404");
    }

    private static Answer content(String words) {
        return FakeRegistry.content(404, "application/json", words.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aRefusedReadNamesTheSettingOfTheCredentials() {
        registry.on(TAG, FakeRegistry.status(403));

        failure(Kind.REFUSED)
                .withMessageContaining("credentials (" + registry.host() + "=")
                .withMessageContaining("eu.nephele.smo.adapters.oci");
    }

    @Test
    void whenToComeBackIsPassedOn() {
        registry.on(TAG, FakeRegistry.status(429, "Retry-After: 17"));

        failure(Kind.UNAVAILABLE)
                .satisfies(failed -> assertThat(failed.retryAfter()).contains(Duration.ofSeconds(17)));
        registry.on(TAG, FakeRegistry.status(503, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"));
        failure(Kind.UNAVAILABLE)
                .satisfies(failed -> assertThat(failed.retryAfter()).contains(Duration.ZERO));
        registry.on(TAG, FakeRegistry.status(503, "Retry-After: soon"));
        failure(Kind.UNAVAILABLE)
                .satisfies(failed -> assertThat(failed.retryAfter()).isEmpty());
    }

    @Test
    void aRefusedConnectionAndAnUnknownHostAreUnavailable() throws IOException {
        // bound and not listening: no other process can get the port meanwhile
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int free = nobody.getLocalPort();
            String closed = "127.0.0.1:" + free;
            OciArtifacts artifacts = open(new Sut(directory).plain(closed, "no-such-host.invalid"));

            Expect.failure(Kind.UNAVAILABLE, () -> artifacts.descriptor("oci://" + closed + "/a/b:1"))
                    .withMessageContaining(closed);
            Expect.failure(Kind.UNAVAILABLE, () -> artifacts.descriptor("oci://no-such-host.invalid/a/b:1"))
                    .withMessageContaining("no-such-host.invalid");
            artifacts.close();
        }
    }

    @Test
    void plainHttpIsForNamedRegistriesOnly() {
        OciArtifacts artifacts = open(new Sut(directory));

        Expect.failure(Kind.REFUSED, () -> artifacts.descriptor("http://" + registry.host() + "/a/b:1"))
                .withMessageContaining("plainHttp")
                .withMessageContaining(registry.host());
        Expect.failure(Kind.UNAVAILABLE, () -> artifacts.descriptor(registry.reference("a/b:1")))
                .withMessageContaining("TLS")
                .withMessageContaining("plainHttp");
        assertThat(registry.count("HEAD", "")).isZero();
        artifacts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "drip in the head", "drip in the manifest", "drip in the layer", "half a layer"})
    void whatTakesTooLongIsGivenUpAndLeavesNoThread(String fault) throws InterruptedException {
        Answer never = registry.silence();
        Answer drip = (asked, out) -> {
            FakeRegistry.head(out, 200, MANIFEST, 1_000);
            registry.drip(out, 50);
        };
        Answer half = (asked, out) -> {
            FakeRegistry.head(out, 200, MANIFEST, LAYER.content().length);
            out.write(LAYER.content(), 0, 50);
            out.flush();
            registry.silence().write(asked, out);
        };
        switch (fault) {
            case "hang" -> registry.on(TAG, never);
            case "drip in the head" ->
                registry.on(TAG, (asked, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                    registry.drip(out, 50);
                });
            case "drip in the manifest" -> registry.on(TAG.replace("/1", "/" + digest), drip);
            case "drip in the layer" ->
                registry.on(FakeRegistry.blob(REPOSITORY, LAYER), (asked, out) -> {
                    FakeRegistry.head(out, 200, MANIFEST, LAYER.content().length);
                    registry.drip(out, 50);
                });
            default -> registry.on(FakeRegistry.blob(REPOSITORY, LAYER), half);
        }
        Sut sut = new Sut(directory).plain(registry.host());
        sut.timeout = Duration.ofMillis(600);
        OciArtifacts artifacts = open(sut);

        long before = System.nanoTime();
        Expect.failure(Kind.TIMED_OUT, () -> artifacts.descriptor(registry.reference("a/b:1")))
                .withMessageContaining("timeoutMillis");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        artifacts.close();
        ComponentTest.awaitNoThread("smo-oci");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/1", "digest"})
    void aSilentRegistryIsGivenUpBeforeAWholeFetchIs(String name) throws InterruptedException {
        registry.on(name.equals("digest") ? TAG.replace("/1", "/" + digest) : TAG, registry.silence());
        Sut sut = new Sut(directory).plain(registry.host());
        sut.answerTimeout = Duration.ofMillis(300);
        OciArtifacts artifacts = open(sut);

        Expect.failure(Kind.TIMED_OUT, () -> artifacts.descriptor(registry.reference("a/b:1")))
                .withMessageContaining("answerTimeoutMillis");

        artifacts.close();
        ComponentTest.awaitNoThread("smo-oci");
    }

    @Test
    void aHangingRegistryKeepsOneCallWaitingAndFailsOthersAtOnce() throws Exception {
        Digest cached = registry.artifact(REPOSITORY, "2", "application/json", LAYER);
        Sut sut = new Sut(directory).plain(registry.host());
        sut.timeout = Duration.ofMillis(1_500);
        OciArtifacts artifacts = open(sut);
        String known = registry.reference("a/b@" + cached);
        artifacts.descriptor(known);
        registry.on(TAG, registry.silence());
        String hanging = registry.reference("a/b:1");
        Expect.failure(Kind.TIMED_OUT, () -> artifacts.descriptor(hanging));
        // waiting callers are notified first; the calling thread records the silence a moment later
        Await.until("no call is under way", () -> asking() == 0);

        CompletableFuture<Void> asking =
                CompletableFuture.runAsync(() -> Expect.failure(Kind.TIMED_OUT, () -> artifacts.descriptor(hanging)));
        Await.until("the second call has begun", () -> registry.count("HEAD", "/manifests/1") == 2);
        Expect.failure(Kind.UNAVAILABLE, () -> artifacts.descriptor(hanging))
                .withMessageContaining("another request waits for it")
                .satisfies(failed -> assertThat(failed.retryAfter()).contains(Duration.ofSeconds(2)));
        assertThat(artifacts.descriptor(known).content()).isEqualTo(Tars.graph("g"));
        assertThat(asking).as("both have failed while the first still waits").isNotDone();
        asking.get();
        Await.until("no call is under way", () -> asking() == 0);

        registry.artifact(REPOSITORY, "1", "application/json", LAYER);
        assertThat(artifacts.descriptor(hanging).content()).isEqualTo(Tars.graph("g"));
        artifacts.close();
    }

    /** Threads that call a registry, cancelled ones included. */
    private static long asking() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(UnresponsiveRegistries.class.getName())))
                .count();
    }

    @Test
    void aConnectionThatBreaksInTheMiddleIsUnavailable() {
        byte[] content = LAYER.content();
        registry.on(FakeRegistry.blob(REPOSITORY, LAYER), (asked, out) -> {
            FakeRegistry.head(out, 200, "application/octet-stream", content.length);
            out.write(content, 0, content.length / 2);
        });
        failure(Kind.UNAVAILABLE).withMessageContaining("closed the connection");

        registry.on(TAG, (asked, out) -> out.close());
        failure(Kind.UNAVAILABLE);
    }

    @Test
    void aManifestWithAnotherDigestIsRefused() {
        Answer other = FakeRegistry.content(200, MANIFEST, "{\"layers\":[]}".getBytes(StandardCharsets.UTF_8));
        registry.on(TAG.replace("/1", "/" + digest), other);

        failure(Kind.REFUSED).withMessageContaining("digest").withMessageContaining(digest.toString());
        Expect.failure(Kind.REFUSED, () -> fetch("a/b@" + digest)).withMessageContaining("digest");
    }

    @Test
    void aManifestThatIsNotWhatItsHeaderSaysIsRefused() {
        byte[] manifest = FakeRegistry.manifest("application/json", LAYER).getBytes(StandardCharsets.UTF_8);
        registry.on(TAG, (asked, out) -> {
            if (asked.method().equals("HEAD")) {
                FakeRegistry.status(405).write(asked, out);
            } else {
                FakeRegistry.content(200, MANIFEST, manifest, "Docker-Content-Digest: sha256:" + "0".repeat(64))
                        .write(asked, out);
            }
        });

        failure(Kind.REFUSED).withMessageContaining("digest");
    }

    @Test
    void aRegistryThatDoesNotSayDigestsIsFineAsWell() {
        byte[] manifest = FakeRegistry.manifest("application/json", LAYER).getBytes(StandardCharsets.UTF_8);
        registry.on(TAG, FakeRegistry.content(200, MANIFEST, manifest));

        assertThat(fetch("a/b:1")).isEqualTo(digest.toString());
    }

    @Test
    void aLayerWithAnotherDigestIsRefusedAndNotKept() throws IOException {
        byte[] other = LAYER.content().clone();
        other[20] ^= 1;
        registry.on(FakeRegistry.blob(REPOSITORY, LAYER), FakeRegistry.content(200, "x/y", other));

        failure(Kind.REFUSED).withMessageContaining("digest").withMessageContaining("it is discarded");
        registry.on(FakeRegistry.blob(REPOSITORY, LAYER), FakeRegistry.content(200, "x/y", LAYER.content()));
        assertThat(fetch("a/b:1")).isEqualTo(digest.toString());
    }

    @Test
    void whatIsLargerThanItsManifestSaysIsNotReadToItsEnd() {
        registry.on(FakeRegistry.blob(REPOSITORY, LAYER), (asked, out) -> {
            FakeRegistry.head(out, 200, "x/y", 1L << 40);
            byte[] chunk = new byte[1 << 16];
            while (true) {
                out.write(chunk);
            }
        });

        failure(Kind.REFUSED).withMessageContaining("larger than the " + LAYER.content().length);
    }

    @Test
    void whatSaysThatItIsTooLargeIsNotFetched() {
        Layer large = new Layer(TAR_LAYER, new byte[700_000], "");
        Layer other = new Layer(TAR_LAYER, new byte[400_000], "");
        registry.artifact(REPOSITORY, "1", "application/json", large, other);

        failure(Kind.REFUSED).withMessageContaining("maxArtifactMiB");
        assertThat(registry.count("GET", "/blobs/")).isZero();
    }

    @Test
    void anEndlessManifestIsNotReadToItsEnd() {
        registry.on(TAG.replace("/1", "/" + digest), (asked, out) -> {
            FakeRegistry.head(out, 200, MANIFEST, 1L << 40);
            byte[] chunk = new byte[1 << 16];
            Arrays.fill(chunk, (byte) ' ');
            while (true) {
                out.write(chunk);
            }
        });

        failure(Kind.REFUSED).withMessageContaining("more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"layers\": [",
                "[]",
                "null",
                "{}",
                "",
                "{\"layers\":[{\"digest\":\"sha256:12\",\"size\":1}]}",
                "{\"layers\":[{\"digest\":\"../../etc\",\"size\":1}]}",
                "{\"layers\":[{\"size\":-1}]}",
                "{\"layers\":[null]}",
                "{\"layers\":{}}",
            })
    void aManifestThatIsNoneIsRefused(String manifest) {
        registry.manifest(REPOSITORY, "1", manifest);

        failure(Kind.REFUSED).withMessageContaining("a/b:1");
    }

    @Test
    void thePageOfAProxyIsReportedFromARegistry() {
        Answer page = FakeRegistry.content(200, "text/html", "<html>Log in</html>".getBytes(StandardCharsets.UTF_8));
        registry.on(TAG, page);

        failure(Kind.REFUSED).withMessageContaining("text/html").withMessageContaining("is it a registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "null", "[]", "{\"tags\":1}"})
    void tagsThatAreNoneAreRefused(String tags) {
        registry.on(
                "/v2/a/b/tags/list",
                FakeRegistry.content(200, "application/json", tags.getBytes(StandardCharsets.UTF_8)));

        Expect.failure(Kind.REFUSED, () -> fetch("a/b")).withMessageContaining("not a list of tags");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/x, another host or path",
        "mailto:ada, another host or path",
        "http://a b/, invalid address"
    })
    void pagesOfTagsOnAnotherHostAreRefused(String link, String words) {
        byte[] tags = "{\"tags\":[]}".getBytes(StandardCharsets.UTF_8);
        registry.on(
                "/v2/a/b/tags/list",
                FakeRegistry.content(200, "application/json", tags, "Link: <" + link + ">; rel=\"next\""));

        Expect.failure(Kind.REFUSED, () -> fetch("a/b")).withMessageContaining(words);
    }

    @Test
    void redirectsAreFollowedButNotWithoutEnd() {
        String blob = FakeRegistry.blob(REPOSITORY, LAYER);
        registry.on("/elsewhere", FakeRegistry.content(200, "x/y", LAYER.content()));
        registry.on(blob, FakeRegistry.status(307, "Location: http://" + registry.host() + "/elsewhere"));
        assertThat(fetch("a/b:1")).isEqualTo(digest.toString());

        registry.on("/v2/a/d/manifests/1", FakeRegistry.status(302, "Location: ../../b/manifests/1"));
        registry.on("/v2/a/d/manifests/" + digest, FakeRegistry.status(302, "Location: /v2/a/b/manifests/" + digest));
        registry.on(blob.replace("/a/b/", "/a/d/"), FakeRegistry.status(302, "Location: /elsewhere"));
        assertThat(fetch("a/d:1")).as("relative addresses").isEqualTo(digest.toString());

        registry.on(
                "/v2/a/c/manifests/1",
                FakeRegistry.status(307, "Location: http://" + registry.host() + "/v2/a/c/manifests/1"));
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> fetch("a/c:1"))
                .matches(ended -> ended.kind() == Kind.REFUSED)
                .withMessageContaining("redirects without end");
        assertThat(registry.count("HEAD", "a/c")).isLessThanOrEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://", "h ttp://x", "mailto:ada"})
    void redirectsToWhatIsNoAddressAreRefused(String location) {
        registry.on(FakeRegistry.blob(REPOSITORY, LAYER), FakeRegistry.status(307, "Location: " + location));

        failure(Kind.REFUSED).withMessageContaining("address");
    }

    private ThrowableAssertAlternative<AdapterException> failure(Kind kind) {
        return Expect.failure(kind, () -> fetch("a/b:1"));
    }

    private String fetch(String path) {
        Sut sut = new Sut(directory).plain(registry.host());
        OciArtifacts artifacts = open(sut);
        try {
            return artifacts.descriptor(registry.reference(path)).digest();
        } finally {
            artifacts.close();
        }
    }
}
