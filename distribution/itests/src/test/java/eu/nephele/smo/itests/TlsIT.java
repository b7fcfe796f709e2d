// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** The product with TLS: its launcher, its command line, and a certificate that changes while it runs. */
class TlsIT {

    private static final long PATIENCE_SECONDS = 60;

    private final Path folder = Distribution.freshFolder("tls");
    private final Path certificate = folder.resolve("tls.crt");
    private final Path key = folder.resolve("tls.key");

    @Test
    void theServerSpeaksTlsOnlyAndItsCommandLineTrustsWhatItIsTold() throws Exception {
        serve("first");
        Path authority = folder.resolve("first.crt");
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.start(
                "--json",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString(),
                "--tls-cert",
                certificate.toString(),
                "--tls-key",
                key.toString())) {
            JsonNode ready = server.awaitEvent("ready");
            assertThat(ready.path("url").asText()).isEqualTo("https://127.0.0.1:" + port);
            assertThat(describedBy(server, port).path("url").asText()).isEqualTo("https://127.0.0.1:" + port);
            assertThat(ListeningSockets.ports(server.processId())).containsExactly(port);
            assertThat(plain(port)).doesNotContain("HTTP/1.1");

            String url = "https://localhost:" + port;
            assertThat(commandLine(server, Map.of(), "cluster", "list", "--url", url, "--ca", authority.toString()))
                    .contains("brussels");
            assertThat(commandLine(server, Map.of("SMO_CA", authority.toString()), "cluster", "list"))
                    .as("the server that runs here")
                    .contains("brussels");
            assertThat(commandLine(server, Map.of(), "cluster", "list", "--url", url))
                    .contains("is not safe", "--ca");
            assertThat(commandLine(server, Map.of(), "cluster", "list", "--url", "http://localhost:" + port))
                    .doesNotContain("brussels");
            assertThat(commandLine(server, Map.of(), "plugin", "list", "--url", url, "--ca", authority.toString()))
                    .doesNotContain("smo:");

            Files.writeString(key, "broken");
            Eventually.within(PATIENCE_SECONDS, () -> health(port, authority), text -> assertThat(text)
                    .contains("The former certificate stays"));
            assertThat(subject(port, authority)).isEqualTo("CN=first");
            serve("second");
            Eventually.within(PATIENCE_SECONDS, () -> subject(port, certificate), name -> assertThat(name)
                    .isEqualTo("CN=second"));
            assertThat(health(port, certificate))
                    .contains("\"status\":")
                    .doesNotContain("The former certificate stays");
        }
    }

    @Test
    void aConfigurationWithAPasswordInAFileTurnsItOn() throws Exception {
        SelfSigned configured = new SelfSigned(folder, "configured").sign();
        Path data = Distribution.freshData("eu.nephele.smo.access.front", """
                tlsCertificate=secrets/server.p12
                tlsPassword=file:secrets/server.password
                """);
        Path secrets = Files.createDirectory(data.resolve("secrets"));
        Files.copy(configured.store(), secrets.resolve("server.p12"));
        Files.writeString(secrets.resolve("server.password"), SelfSigned.PASSWORD + "\n");
        int port = Distribution.freePort();
        try (ServerProcess server = ServerProcess.ready(port, data)) {
            assertThat(describedBy(server, port).path("url").asText()).isEqualTo("https://127.0.0.1:" + port);
            assertThat(subject(port, configured.certificate())).isEqualTo("CN=configured");
            assertThat(ListeningSockets.ports(server.processId())).containsExactly(port);
        }
    }

    private static JsonNode describedBy(ServerProcess server, int port) throws IOException {
        return new JsonMapper()
                .readTree(server.userHome()
                        .resolve(".smo/servers/%d.json".formatted(port))
                        .toFile());
    }

    private static String commandLine(ServerProcess server, Map<String, String> environment, String... arguments)
            throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", Distribution.HOME.resolve("smo").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("SMO_URL", "SMO_CA", "SMO_DATA"));
        builder.environment().put("HOME", server.userHome().toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Replaces the files that the server reads. */
    private void serve(String name) throws Exception {
        SelfSigned signed = new SelfSigned(folder, name).sign();
        Files.copy(signed.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(signed.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String health(int port, Path authority) throws Exception {
        try (SSLSocket socket = SelfSigned.connect(port, authority)) {
            return talk(socket, "/health/ready");
        }
    }

    private static String subject(int port, Path authority) throws Exception {
        try (SSLSocket socket = SelfSigned.connect(port, authority)) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException notTrusted) {
            return notTrusted.toString();
        }
    }

    private static String plain(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE_SECONDS * 1_000);
            return talk(socket, "/health/ready");
        }
    }

    private static String talk(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .formatted(path)
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
