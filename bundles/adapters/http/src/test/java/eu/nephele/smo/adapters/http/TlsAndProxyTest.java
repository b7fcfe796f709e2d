// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static eu.nephele.smo.adapters.http.Opened.READ;
import static eu.nephele.smo.adapters.http.Opened.caFile;
import static eu.nephele.smo.adapters.http.Opened.connectTimeout;
import static eu.nephele.smo.adapters.http.Opened.failure;
import static eu.nephele.smo.adapters.http.Opened.open;
import static eu.nephele.smo.adapters.http.Opened.proxy;
import static eu.nephele.smo.adapters.http.Opened.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trusted certificates and routes of the client. */
class TlsAndProxyTest {

    @TempDir
    static Path folder;

    private static HttpsServer server;

    @BeforeAll
    static void aServerWithACertificateForItsAddress() throws Exception {
        keys("server", "ip:127.0.0.1");
        keys("other", "dns:elsewhere.example");
        server = server("server");
    }

    @AfterAll
    static void end() {
        server.stop(0);
    }

    @Test
    void aServerOfOurOwnAuthorityIsBelieved() throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("other.pem")) + "\n" + Files.readString(folder.resolve("server.pem")));
        try (HttpSystem system = open(caFile(settings(url(server)), both.toString()))) {
            assertThat(system.send(READ).body()).isEqualTo("{}");
        }
    }

    @Test
    void anUnknownAuthorityIsUnavailableAndPointsToTheSetting() {
        AdapterException failure = failure(settings(url(server)));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("TLS failed").hasMessageContaining("caFile");
    }

    @Test
    void aCertificateForAnotherNameIsNotBelieved() throws Exception {
        HttpsServer other = server("other");
        try {
            AdapterException failure = failure(
                    caFile(settings(url(other)), folder.resolve("other.pem").toString()));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("TLS failed").hasMessageContaining("127.0.0.1");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aServerWithoutTlsIsUnavailable() throws IOException {
        try (RawServer plain = RawServer.json("{}")) {
            Duration handshake = Duration.ofMillis(300);
            assertThat(failure(connectTimeout(settings("https://127.0.0.1:" + plain.port()), handshake))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void aFileWithoutCertificatesNamesTheSetting() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "-----BEGIN CERTIFICATE-----\nxx\n");
        for (Path file : List.of(empty, nonsense, folder.resolve("absent.pem"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(caFile(settings(url(server)), file.toString())))
                    .withMessageContaining("caFile of prometheus")
                    .withMessageContaining(file.toString());
        }
    }

    @Test
    void theProxyIsAskedInsteadOfTheSystem() throws IOException {
        try (RawServer proxy = RawServer.json("{\"by\":\"proxy\"}");
                HttpSystem system = open(proxy(settings("http://prometheus.invalid:9090/sub"), proxy.url()))) {
            assertThat(system.send(READ).body()).contains("proxy");
            assertThat(proxy.heads().get(0).get(0))
                    .isEqualTo("GET http://prometheus.invalid:9090/sub/api/things?token=abc HTTP/1.1");
        }
    }

    @Test
    void aProxyThatLetsNobodyThroughToAnEncryptedSystemIsDistinguished() throws IOException {
        try (RawServer proxy = RawServer.answering(503, java.util.Map.of("Retry-After", "3"), "no way")) {
            AdapterException failure = failure(proxy(settings("https://prometheus.invalid"), proxy.url()));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(proxy.heads().get(0).get(0)).startsWith("CONNECT prometheus.invalid:443");
        }
    }

    @Test
    void aProxyThatIsAwayIsUnavailable() throws IOException {
        int port;
        try (RawServer gone = RawServer.json("{}")) {
            port = gone.port();
        }
        AdapterException failure = failure(proxy(settings("http://prometheus.invalid"), "http://127.0.0.1:" + port));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    private static String url(HttpsServer server) {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private static HttpsServer server(String name) throws Exception {
        HttpsServer made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        made.setHttpsConfigurator(new HttpsConfigurator(context(name)));
        made.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        made.start();
        return made;
    }

    private static SSLContext context(String name) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            keys.load(in, "password".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "password".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keys(String name, String san) throws Exception {
        String store = folder.resolve(name + ".p12").toString();
        keytool(
                "-genkeypair",
                "-keystore",
                store,
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-validity",
                "2",
                "-ext",
                "san=" + san);
        keytool(
                "-exportcert",
                "-keystore",
                store,
                "-alias",
                "k",
                "-rfc",
                "-file",
                folder.resolve(name + ".pem").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "password", "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
