// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static eu.nephele.smo.adapters.oci.FakeRegistry.TAR_LAYER;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** By the proxy or directly, by plain HTTP or not. */
@Timeout(30)
class RegistryProxySelectorTest {

    private static final String ELSEWHERE = "registry.invalid";
    private static final Layer LAYER = new Layer(TAR_LAYER, Tars.hdag("g", Tars.graph("g")), "");

    @TempDir
    Path directory;

    private final FakeRegistry registry = new FakeRegistry();
    private final FakeRegistry proxy = new FakeRegistry();
    private final Digest digest = registry.artifact("a/b", "1", "application/json", LAYER);

    @AfterEach
    void close() {
        registry.close();
        proxy.close();
    }

    @Test
    void aRegistryIsReachedByTheProxy() {
        proxy.on("*", (asked, out) -> {
            String path = asked.path().replace("http://" + ELSEWHERE, "");
            FakeRegistry.Answer answer = path.contains("/blobs/")
                    ? FakeRegistry.content(200, "x/y", LAYER.content())
                    : FakeRegistry.content(
                            200,
                            FakeRegistry.MANIFEST,
                            FakeRegistry.manifest("application/json", LAYER).getBytes(StandardCharsets.UTF_8));
            answer.write(asked, out);
        });

        assertThat(fetch(behindProxy(ELSEWHERE), ELSEWHERE)).isEqualTo(digest.toString());
        assertThat(proxy.asked).allMatch(asked -> asked.path().startsWith("http://" + ELSEWHERE + "/v2/a/b/"));
    }

    @Test
    void aRegistryWithTlsIsReachedThroughTheProxy() {
        proxy.on(ELSEWHERE + ":443", FakeRegistry.status(403));

        Expect.failure(Kind.UNAVAILABLE, () -> fetch(behindProxy(), ELSEWHERE))
                .withMessageContaining(ELSEWHERE)
                .withMessageContaining("by the proxy 127.0.0.1:");
        assertThat(proxy.asked).extracting(FakeRegistry.Asked::method).containsOnly("CONNECT");
    }

    @Test
    void aRegistryOfTheHouseIsReachedWithoutTheProxy() {
        Sut byPort = behindProxy(registry.host());
        byPort.noProxy = Set.of(registry.host());
        assertThat(fetch(byPort, registry.host())).isEqualTo(digest.toString());

        Sut byHost = new Sut(directory.resolve("other")).plain(registry.host());
        byHost.proxy = byPort.proxy;
        byHost.noProxy = Set.of("127.0.0.1");
        assertThat(fetch(byHost, registry.host())).isEqualTo(digest.toString());
        assertThat(proxy.asked).isEmpty();
    }

    @Test
    void aProxyThatIsAwayIsNamed() {
        Sut sut = behindProxy(registry.host());
        proxy.close();

        Expect.failure(Kind.UNAVAILABLE, () -> fetch(sut, registry.host())).withMessageContaining("by the proxy");
        assertThat(registry.asked).isEmpty();
    }

    @Test
    void nothingLeadsToPlainHttpThatIsNotAllowed() throws Exception {
        TestTls tls = TestTls.create(directory);
        try (FakeRegistry secure = new FakeRegistry(tls.sockets())) {
            secure.artifact("a/b", "1", "application/json", LAYER);
            secure.on(
                    FakeRegistry.blob("a/b", LAYER),
                    FakeRegistry.status(307, "Location: http://" + registry.host() + "/elsewhere"));
            registry.on("/elsewhere", FakeRegistry.content(200, "x/y", LAYER.content()));
            Sut sut = new Sut(directory.resolve("cache"));
            sut.caFile = Optional.of(tls.certificate());

            Expect.failure(Kind.REFUSED, () -> fetch(sut, secure.host()))
                    .withMessageContaining("plainHttp")
                    .withMessageContaining(registry.host());
            assertThat(registry.asked).isEmpty();
            assertThat(fetch(sut.plain(registry.host()), secure.host())).isEqualTo(digest.toString());
        }
    }

    @Test
    void noServerOfTokensGetsALoginByPlainHttp() throws Exception {
        TestTls tls = TestTls.create(directory);
        try (FakeRegistry secure = new FakeRegistry(tls.sockets())) {
            secure.on(
                    "/v2/a/b/manifests/1",
                    FakeRegistry.status(
                            401,
                            "WWW-Authenticate: Bearer realm=\"http://%s/token\",service=\"test\",scope=\"repository:a/b:pull\""
                                    .formatted(registry.host())));
            Sut sut = new Sut(directory.resolve("cache"));
            sut.caFile = Optional.of(tls.certificate());
            sut.logins = List.of(Login.parse(secure.host() + "=ada:file:secret"));
            sut.secrets = Map.of("file:secret", "geheim");

            Expect.failure(Kind.REFUSED, () -> fetch(sut, secure.host())).withMessageContaining("plainHttp");
            assertThat(registry.asked).isEmpty();
        }
    }

    @Test
    void pagesOfTagsStayWithTls() throws Exception {
        TestTls tls = TestTls.create(directory);
        try (FakeRegistry secure = new FakeRegistry(tls.sockets())) {
            secure.artifact("a/b", "1", "application/json", LAYER);
            byte[] none = "{\"tags\":null}".getBytes(StandardCharsets.UTF_8);
            byte[] one = "{\"tags\":[\"1\",null]}".getBytes(StandardCharsets.UTF_8);
            secure.on(
                    "/v2/a/b/tags/list",
                    FakeRegistry.content(
                            200,
                            "application/json",
                            none,
                            "Link: <http://%s/next?last=0>; rel=\"next\"".formatted(secure.host())));
            secure.on("/next", FakeRegistry.content(200, "application/json", one));
            Sut sut = new Sut(directory.resolve("cache"));
            sut.caFile = Optional.of(tls.certificate());
            OciArtifacts artifacts = sut.open();

            assertThat(artifacts.descriptor("oci://" + secure.host() + "/a/b").digest())
                    .isEqualTo(digest.toString());
            assertThat(secure.asked).extracting(FakeRegistry.Asked::path).contains("/next?last=0");
            artifacts.close();
        }
    }

    private Sut behindProxy(String... plainHttp) {
        Sut sut = new Sut(directory.resolve("cache")).plain(plainHttp);
        String[] place = proxy.host().split(":", -1);
        sut.proxy = Optional.of(InetSocketAddress.createUnresolved(place[0], Integer.parseInt(place[1])));
        return sut;
    }

    private static String fetch(Sut sut, String host) {
        OciArtifacts artifacts = sut.open();
        try {
            return artifacts.descriptor("oci://" + host + "/a/b:1").digest();
        } finally {
            artifacts.close();
        }
    }
}
