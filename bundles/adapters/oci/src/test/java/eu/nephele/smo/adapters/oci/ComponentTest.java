// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static eu.nephele.smo.adapters.oci.FakeRegistry.TAR_LAYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration, and remains after the end. */
@Timeout(60)
class ComponentTest {

    private static final Layer LAYER = new Layer(TAR_LAYER, Tars.hdag("g", Tars.graph("g")), "");

    @TempDir
    Path directory;

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void theDefaultsAreThoseThatAreDocumented() {
        OciSettings settings = OciSettings.of(config(Map.of()), directory);

        assertThat(settings.cache().directory()).isEqualTo(directory.resolve("cache/oci"));
        assertThat(settings.plainHttp()).isEmpty();
        assertThat(settings.cache().tagAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.limits().artifactBytes()).isEqualTo(64L << 20);
        assertThat(settings.caFile()).isEmpty();
        assertThat(settings.proxy()).isEmpty();
    }

    @Test
    void valuesAreTakenFromTheConfiguration() throws IOException {
        Files.writeString(directory.resolve("docker.json"), "{}");
        OciSettings settings = OciSettings.of(
                config(Map.of(
                        "plainHttp",
                        new String[] {"127.0.0.1:5000", "Registry"},
                        "credentials",
                        new String[] {"ghcr.io=ada:file:secrets/a=b, other:1=token:env:T,"},
                        "dockerConfig",
                        "docker.json",
                        "proxy",
                        "http://proxy.example:3128/",
                        "noProxy",
                        new String[] {"127.0.0.1, Registry:5000"},
                        "cacheDirectory",
                        "/elsewhere")),
                directory);

        assertThat(settings.plainHttp()).containsExactlyInAnyOrder("127.0.0.1:5000", "registry");
        assertThat(settings.logins())
                .containsExactly(
                        new Login("ghcr.io", "ada", "file:secrets/a=b"), new Login("other:1", "token", "env:T"));
        assertThat(settings.dockerConfig()).contains(directory.resolve("docker.json"));
        assertThat(settings.cache().directory()).isEqualTo(Path.of("/elsewhere"));
        assertThat(settings.proxy()).contains(InetSocketAddress.createUnresolved("proxy.example", 3128));
        assertThat(settings.noProxy()).containsExactlyInAnyOrder("127.0.0.1", "registry:5000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cacheMiB",
                "connectTimeoutMillis",
                "answerTimeoutMillis",
                "timeoutMillis",
                "maxArtifactMiB",
                "maxUnpackedMiB",
                "maxFileMiB",
                "maxEntries",
                "maxPathDepth"
            })
    void aNumberThatMakesNoSenseIsNamed(String key) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> OciSettings.of(config(Map.of(key, 0)), directory))
                .withMessageContaining(key + "=0 in eu.nephele.smo.adapters.oci");
    }

    @Test
    void aTextThatMakesNoSenseIsNamedButNoSecretIsShown() {
        wrong(Map.of("plainHttp", new String[] {"http://host"}), "plainHttp");
        wrong(Map.of("caFile", "nowhere.pem"), "caFile");
        wrong(Map.of("dockerConfig", "nowhere.json"), "dockerConfig");
        wrong(Map.of("tagSeconds", -1), "tagSeconds");
        wrong(Map.of("cacheDirectory", "a\0b"), "cacheDirectory");
        wrong(Map.of("credentials", new String[] {"host=ada:geheim"}), "credentials");
        wrong(Map.of("credentials", new String[] {"host"}), "credentials");
        wrong(Map.of("noProxy", new String[] {"http://host"}), "noProxy");
        for (String proxy :
                List.of("host:1", "https://host:1", "http://host", "http://ada:geheim@host:1", "http://h:0")) {
            wrong(Map.of("proxy", proxy), "proxy");
        }
    }

    @Test
    void aCacheThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        OciSettings settings = OciSettings.of(config(Map.of("cacheDirectory", file.toString())), directory);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new OciArtifacts(settings, List.of(), Clock.systemUTC()))
                .withMessageContaining("cacheDirectory");
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Sut sut = new Sut(directory);
        sut.caFile = Optional.of(Files.writeString(directory.resolve("ca.pem"), "none"));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(sut::open)
                .withMessageContaining("caFile");
    }

    @Test
    void aRegistryWithACertificateOfOursIsTrustedIfTheFileSaysSo() throws Exception {
        TestTls tls = TestTls.create(directory);
        try (FakeRegistry secure = new FakeRegistry(tls.sockets())) {
            Digest digest = secure.artifact("a/b", "1", "application/json", LAYER);
            Sut sut = new Sut(directory.resolve("cache"));
            OciArtifacts distrustful = sut.open();
            Expect.failure(Kind.UNAVAILABLE, () -> distrustful.descriptor(secure.reference("a/b:1")))
                    .withMessageContaining("TLS")
                    .withMessageContaining("caFile");
            distrustful.close();

            sut.caFile = Optional.of(tls.certificate());
            OciArtifacts trusting = sut.open();
            assertThat(trusting.descriptor("https://" + secure.host() + "/a/b:1")
                            .digest())
                    .isEqualTo(digest.toString());
            trusting.close();
        }
    }

    @Test
    void noThreadOfTheAdapterOutlivesIt() throws Exception {
        registry.artifact("a/b", "1", "application/json", LAYER);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        fetchAndEnd(before);

        awaitNoThread("smo-oci");
        Await.until(() -> "no thread is left of " + since(before), () -> {
            // the threads of the client end when it is collected
            System.gc();
            return since(before).isEmpty();
        });
    }

    /** A separate method, so that nothing references its objects. */
    private void fetchAndEnd(Set<Thread> before) throws IOException {
        try (URLClassLoader starter = new URLClassLoader(new URL[0])) {
            OciArtifacts artifacts = openWith(starter);
            artifacts.descriptor(registry.reference("a/b:1"));
            assertThat(since(before)).isNotEmpty().noneMatch(thread -> thread.getContextClassLoader() == starter);
            artifacts.close();
        }
    }

    private OciArtifacts openWith(ClassLoader starter) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(starter);
        try {
            return new Sut(directory).plain(registry.host()).open();
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    @Test
    void aFetchUnderWayFailsAsUnavailableWhenTheAdapterEnds() throws Exception {
        registry.artifact("a/b", "1", "application/json", LAYER);
        registry.on(FakeRegistry.blob("a/b", LAYER), (asked, out) -> {
            FakeRegistry.head(out, 200, "x/y", LAYER.content().length);
            registry.silence().write(asked, out);
        });
        OciArtifacts artifacts = new Sut(directory).plain(registry.host()).open();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                () -> Expect.failure(Kind.UNAVAILABLE, () -> artifacts.descriptor(registry.reference("a/b:1"))));
        Await.until("the content is requested", () -> registry.count("GET", "/blobs/") > 0);

        artifacts.close();

        waiting.get(5, TimeUnit.SECONDS);
        Expect.failure(Kind.UNAVAILABLE, () -> artifacts.descriptor(registry.reference("a/c:1")))
                .withMessageContaining("retry");
    }

    /** An ending thread takes a moment. */
    static void awaitNoThread(String name) {
        Await.until(() -> "no thread is left of " + threads(name), () -> threads(name)
                .isEmpty());
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith(name))
                .map(each -> each.getKey().getName() + " " + Arrays.toString(each.getValue()))
                .toList();
    }

    /** New threads of the adapter and of its client. */
    private static Set<Thread> since(Set<Thread> before) {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        now.removeIf(thread -> !thread.getName().startsWith("smo-oci")
                && !thread.getName().startsWith("HttpClient")
                && !thread.getName().startsWith("layer-transfer"));
        return now;
    }

    private void wrong(Map<String, Object> values, String key) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> OciSettings.of(config(values), directory))
                .withMessageContaining(key)
                .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("geheim"));
    }

    private static OciConfig config(Map<String, Object> values) {
        return (OciConfig) Proxy.newProxyInstance(
                OciConfig.class.getClassLoader(),
                new Class<?>[] {OciConfig.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
