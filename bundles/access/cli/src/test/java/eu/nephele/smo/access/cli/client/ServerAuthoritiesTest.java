// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAuthoritiesTest {

    private static final char[] PASSWORD = "test-secret".toCharArray();

    @TempDir
    Path folder;

    @Test
    void whoVouchesComesFromTheOptionElseTheEnvironmentElseJava() throws Exception {
        Path own = folder.resolve("own.pem");
        KeyStore keys = keys("own");
        Files.writeString(
                own,
                "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                        .formatted(Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("server").getEncoded())));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        URI url = URI.create("https://localhost:" + server.getAddress().getPort());
        try {
            assertThat(new RestCalls(url, Optional.empty(), new ServerAuthorities(Optional.of(own), Map.of()).context())
                            .get("/x"))
                    .isEmpty();
            assertThat(new RestCalls(
                                    url,
                                    Optional.empty(),
                                    new ServerAuthorities(Optional.empty(), Map.of("SMO_CA", own.toString())).context())
                            .get("/x"))
                    .isEmpty();
            CallFailed failed = catchThrowableOfType(CallFailed.class, () -> new RestCalls(
                            url,
                            Optional.empty(),
                            new ServerAuthorities(Optional.empty(), Map.of("SMO_CA", " ")).context())
                    .get("/x"));
            assertThat(failed.lines()).singleElement().asString().contains("is not safe", "--ca FILE or SMO_CA");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path none = folder.resolve("none.pem");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerAuthorities(Optional.of(none), Map.of()).context())
                .withMessageContaining("--ca " + none);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerAuthorities(Optional.empty(), Map.of("SMO_CA", empty.toString())).context())
                .withMessageContaining("SMO_CA " + empty);
    }

    private KeyStore keys(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
