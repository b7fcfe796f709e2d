// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.components.FreePorts;
import eu.nephele.smo.lab.testkit.Await;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A certificate is for all services that speak HTTP, also for requests that wait while HAProxy is reloaded. */
@Timeout(60)
class RealTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @Test
    void requestsAreEncryptedAndWait() throws Exception {
        // a folder of plain characters, as the configuration wants it
        Path folder = Files.createTempDirectory("hapt");
        KeyStore keys = keys(folder.resolve("keys.p12"));
        Path certificate = Files.writeString(folder.resolve("web.pem"), pem(keys));
        try (RealBalancer real = new RealBalancer(Map.of("certificate", certificate.toString()))) {
            int port = FreePorts.free(1).get(0);
            real.ensure("web", RealBalancer.backend(port, List.of()));
            HttpClient client = client(keys);
            // a client of HTTP/2 is told to connect anew by a reload, and this one takes that for a failure
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(request(port, HttpClient.Version.HTTP_1_1), HttpResponse.BodyHandlers.ofString());
            Await.until("it waits", () -> real.seen("web").waiting() == 1);
            real.reloadByHand();
            Await.until("it waits in the new process", () -> real.seen("web").waiting() == 1);

            real.ensure(
                    "web", RealBalancer.backend(port, List.of(real.replica("a").member())));

            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("a");
            HttpResponse<String> second =
                    client.send(request(port, HttpClient.Version.HTTP_2), HttpResponse.BodyHandlers.ofString());
            assertThat(second.body()).isEqualTo("a");
            assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
        } finally {
            Files.delete(folder.resolve("keys.p12"));
            Files.delete(certificate);
            Files.delete(folder);
        }
    }

    private static HttpRequest request(int port, HttpClient.Version version) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:%d/".formatted(port)))
                .version(version)
                .build();
    }

    private static HttpClient client(KeyStore trusted) throws Exception {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, PASSWORD);
        authorities.setCertificateEntry("web", trusted.getCertificate("web"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static KeyStore keys(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "web",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("Exception");
        keytool.waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, PASSWORD);
        }
        return keys;
    }

    private static String pem(KeyStore keys) throws Exception {
        return block("CERTIFICATE", keys.getCertificate("web").getEncoded())
                + block("PRIVATE KEY", keys.getKey("web", PASSWORD).getEncoded());
    }

    private static String block(String kind, byte[] content) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
    }
}
