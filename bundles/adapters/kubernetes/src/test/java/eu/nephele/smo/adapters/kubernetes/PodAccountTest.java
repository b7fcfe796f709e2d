// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import eu.nephele.smo.adapters.kubernetes.ClusterAccess.AccessSettings;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretCache;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a pod: address by the environment, authority and token by the files that the kubelet puts there and replaces. */
class PodAccountTest {

    private static final String PASSWORD = "password";
    private static final String REFERENCE = "k8s:smo/database/password";

    @TempDir
    Path account;

    private HttpsServer server;
    private volatile String accepted = "first";
    private long now;

    @BeforeEach
    void start() throws Exception {
        Path keys = account.resolve("keys.p12");
        keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=api", "-validity", "2", "-ext", "san=ip:127.0.0.1");
        keytool(keys, "-exportcert", "-rfc", "-file", account.resolve("ca.crt").toString());
        Files.writeString(account.resolve("token"), "first\n");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.createContext("/api/v1/namespaces/smo/secrets/database", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void aTokenThatTheKubeletReplacedIsTakenAtTheNextReading() throws IOException {
        KubernetesSecrets secrets = secrets(environment("127.0.0.1"));
        try {
            assertThat(secrets.resolve(REFERENCE)).contains("of the database");

            accepted = "second";
            now += Duration.ofMinutes(1).toNanos();
            AdapterException former = catchThrowableOfType(AdapterException.class, () -> secrets.resolve(REFERENCE));
            assertThat(former.kind()).isEqualTo(Kind.REFUSED);
            assertThat(former).hasMessageContaining("credentials are not accepted");

            Files.writeString(account.resolve("token"), "second");
            now += Duration.ofMinutes(1).toNanos();
            assertThat(secrets.resolve(REFERENCE)).contains("of the database");
        } finally {
            secrets.close();
        }
    }

    @Test
    void anAuthorityThatIsNotTheOneOfThePodIsNotBelieved() throws Exception {
        Path other = account.resolve("other.p12");
        keytool(other, "-genkeypair", "-keyalg", "EC", "-dname", "CN=other", "-validity", "2");
        keytool(other, "-exportcert", "-rfc", "-file", account.resolve("ca.crt").toString());
        KubernetesSecrets secrets = secrets(environment("127.0.0.1"));
        try {
            AdapterException failure = catchThrowableOfType(AdapterException.class, () -> secrets.resolve(REFERENCE));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        } finally {
            secrets.close();
        }
    }

    @Test
    void aFileOfTheAuthorityThatIsNoneIsNotBelievedAndNotRepeated() throws IOException {
        Files.writeString(account.resolve("ca.crt"), "the-secret");
        KubernetesSecrets secrets = secrets(environment("127.0.0.1"));
        try {
            AdapterException failure = catchThrowableOfType(AdapterException.class, () -> secrets.resolve(REFERENCE));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageNotContaining("the-secret").hasNoCause();
        } finally {
            secrets.close();
        }
    }

    @Test
    void aTokenThatIsGoneIsTold() throws IOException {
        KubernetesSecrets secrets = secrets(environment("127.0.0.1"));
        try {
            secrets.resolve(REFERENCE);
            Files.delete(account.resolve("token"));
            now += Duration.ofDays(1).toNanos();
            AdapterException failure = catchThrowableOfType(AdapterException.class, () -> secrets.resolve(REFERENCE));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("NoSuchFile");
        } finally {
            secrets.close();
        }
    }

    @Test
    void anAddressOfIpVersion6IsOneToo() {
        KubernetesSecrets secrets = secrets(environment("::1"));
        try {
            AdapterException failure = catchThrowableOfType(AdapterException.class, () -> secrets.resolve(REFERENCE));
            assertThat(failure.kind()).as("nothing listens there").isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("no answer");
        } finally {
            secrets.close();
        }
    }

    private Map<String, String> environment(String host) {
        return Map.of(
                "KUBERNETES_SERVICE_HOST",
                host,
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(server.getAddress().getPort()));
    }

    private KubernetesSecrets secrets(Map<String, String> environment) {
        return new KubernetesSecrets(
                new AccessSettings(Optional.empty(), account, Duration.ofSeconds(5), Duration.ofSeconds(5)),
                environment,
                List.of(),
                new SecretCache(Duration.ofSeconds(10), Duration.ofMinutes(5), () -> now));
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean known =
                ("Bearer " + accepted).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String value = Base64.getEncoder().encodeToString("of the database".getBytes(StandardCharsets.UTF_8));
        byte[] body = (known ? """
                        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"database","namespace":"smo"},\
                        "data":{"password":"%s"}}""".formatted(value) : """
                        {"apiVersion":"v1","kind":"Status","status":"Failure","reason":"Unauthorized","code":401}""").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static SSLContext context(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-alias", "k", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
