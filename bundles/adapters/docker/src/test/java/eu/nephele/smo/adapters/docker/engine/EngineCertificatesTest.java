// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.lab.testbed.components.Binaries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine behind TLS that asks for certificates of its clients. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EngineCertificatesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void needsOpenssl() {
        List<String> absent = Binaries.ofThisMachine().absent(List.of("openssl"));
        absent.forEach(line -> System.err.println("*** SKIPPED, " + line + " ***"));
        Assumptions.assumeTrue(absent.isEmpty());
    }

    private static void openssl(Path place, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }

    /** A folder with an authority of its own name. */
    private Path authority(String name) throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve(name));
        openssl(
                place,
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem",
                "-subj",
                "/CN=" + name);
        return place;
    }

    /** A folder as engines and clients have it, with a certificate of that authority. */
    private Path pair(Path authority, String name) throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve(authority.getFileName() + "-" + name));
        Files.copy(authority.resolve("ca.pem"), place.resolve("ca.pem"));
        Files.writeString(place.resolve("names"), "subjectAltName=IP:127.0.0.1\n");
        openssl(
                place,
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "csr",
                "-subj",
                "/CN=" + name);
        openssl(
                place,
                "x509",
                "-req",
                "-in",
                "csr",
                "-CA",
                authority.resolve("ca.pem").toString(),
                "-CAkey",
                authority.resolve("ca.key").toString(),
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                "names",
                "-out",
                "cert.pem");
        return place;
    }

    private static HttpsServer serve(Path pair) throws IOException {
        SSLContext context = new EngineCertificates(pair).context();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = context.getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        server.createContext("/", exchange -> {
            byte[] none = "[]".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, none.length);
            exchange.getResponseBody().write(none);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static DockerJavaEngine engine(HttpsServer server, Path pair) {
        return new DockerJavaEngine(
                "here",
                new DirectTransport(
                        URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()),
                        Optional.of(new EngineCertificates(pair)),
                        Duration.ofSeconds(2)),
                Duration.ofSeconds(5));
    }

    @Test
    void bothSidesShowCertificatesOfOneAuthority() throws Exception {
        Path authority = authority("one");
        HttpsServer server = serve(pair(authority, "server"));
        try (DockerJavaEngine engine = engine(server, pair(authority, "client"))) {
            assertThat(engine.list()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anEngineOfAnotherAuthorityIsNotSpokenWith() throws Exception {
        HttpsServer server = serve(pair(authority("one"), "server"));
        try (DockerJavaEngine engine = engine(server, pair(authority("other"), "client"))) {
            assertThatThrownBy(engine::list)
                    .isInstanceOfSatisfying(AdapterException.class, failed -> assertThat(failed.kind())
                            .isEqualTo(Kind.UNAVAILABLE));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> new EngineCertificates(folder).context())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cert.pem");
    }
}
