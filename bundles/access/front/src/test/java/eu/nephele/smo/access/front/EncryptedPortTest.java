// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.access.front.TestAuthority.Signed;
import eu.nephele.smo.access.front.tls.ServerCertificate;
import eu.nephele.smo.access.front.tls.TlsSettings;
import eu.nephele.smo.lab.testkit.Await;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with the port of the server, behind the front, while certificates come and go. */
@Timeout(120)
final class EncryptedPortTest {

    private static final String GET = "GET /seen HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir
    static Path authorities;

    private static TestAuthority authority;
    private static TestAuthority strangers;
    private static Signed first;
    private static Signed second;
    private static Signed client;
    private static Signed stranger;

    @TempDir
    Path folder;

    private final Server server = new Server();
    private final ServerConnector felix = new ServerConnector(server, 1, 1);
    private final Semaphore goOn = new Semaphore(0);
    private final List<Socket> sockets = new ArrayList<>();
    private final Socket held = new Socket();
    private Path certificateFile;
    private Path keyFile;
    private Path clientAuthorities;
    private List<PathConnector.PathPort> further = List.of();

    @BeforeAll
    static void sign() throws Exception {
        authority = new TestAuthority(authorities, "known");
        // the same name: else a client would not even show what it signs
        strangers = new TestAuthority(authorities.resolve("strangers"), "known");
        first = authority.sign("CN=first", "-validity 20", "-keyalg", "EC", "-groupname", "secp256r1");
        second = authority.sign("CN=second", "-validity 20", "-keyalg", "RSA", "-keysize", "2048");
        client = authority.sign("CN=ada", "-validity 20", "-keyalg", "EC", "-groupname", "secp256r1");
        stranger = strangers.sign("CN=eve", "-validity 20", "-keyalg", "EC", "-groupname", "secp256r1");
    }

    @BeforeEach
    void startServer() throws Exception {
        certificateFile = folder.resolve("tls.crt");
        keyFile = folder.resolve("tls.key");
        clientAuthorities = folder.resolve("clients.pem");
        held.setReuseAddress(true);
        held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(
                new ServletHolder(new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        tell(request, response);
                    }
                }),
                "/*");
        server.setHandler(new ContextHandlerCollection(context));
        server.start();
        felix.setHost("127.0.0.1");
        server.addConnector(felix);
        felix.start();
    }

    @AfterEach
    void end() throws Exception {
        goOn.release(100);
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
        held.close();
    }

    private void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String who = request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain
                ? chain[0].getSubjectX500Principal().getName()
                : "nobody";
        response.getOutputStream().println("%s %s".formatted(request.getScheme(), who));
        response.flushBuffer();
        if (request.getRequestURI().equals("/stream")) {
            goOn.acquireUninterruptibly();
            response.getOutputStream().println("the rest");
        }
    }

    @Test
    void isTlsAndNothingElse() throws Exception {
        first.writeTo(certificateFile, keyFile);
        start(port(ClientCertificates.NONE), 31_536_000, false);

        assertThat(over("TLSv1.3")).contains("https nobody").contains("Strict-Transport-Security: max-age=31536000");
        assertThat(over("TLSv1.2")).contains("https nobody");
        assertThatThrownBy(() -> over("TLSv1.1")).isInstanceOf(SSLException.class);
        assertThat(plain()).doesNotContain("HTTP/1.1");
        assertThatThrownBy(() -> ask(strangers.client(), "TLSv1.3", GET)).isInstanceOf(SSLException.class);
    }

    @Test
    void answersOfTheWebServerItselfAreProtectedToo() throws Exception {
        first.writeTo(certificateFile, keyFile);
        start(port(ClientCertificates.NONE), 600, false);

        for (String request : List.of("GET /x\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", GET)) {
            assertThat(ask(authority.client(), "TLSv1.3", request))
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("Referrer-Policy: no-referrer")
                    .contains("X-Frame-Options: DENY")
                    .contains("Content-Security-Policy: frame-ancestors 'none'")
                    .contains("Cache-Control: no-store")
                    .contains("Strict-Transport-Security: max-age=600")
                    .doesNotContainIgnoringCase("\r\nserver:");
        }
    }

    @Test
    void aCertificateIsReplacedWhileAStreamIsOpen() throws Exception {
        first.writeTo(certificateFile, keyFile);
        EncryptedPort port = port(ClientCertificates.NONE);
        start(port, 0, false);
        assertThat(subject()).isEqualTo("CN=first");
        SSLSocket stream = connect(authority.client(), "TLSv1.3");
        stream.getOutputStream()
                .write("GET /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.getInputStream(), ISO_8859_1));
        while (!lines.readLine().contains("https nobody")) {
            // up to the first line of the body
        }

        Files.writeString(keyFile, "broken");
        port.look();
        assertThat(subject()).isEqualTo("CN=first");

        second.writeTo(certificateFile, keyFile);
        port.look();
        assertThat(subject()).isEqualTo("CN=second");

        goOn.release();
        String rest = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            rest += line;
        }
        assertThat(rest).contains("the rest");
    }

    @Test
    void thePortOpensWhenTheCertificateComes() throws Exception {
        int before = felix.getLocalPort();
        start(port(ClientCertificates.NONE), 0, false);
        // freed ports are taken by others on a busy machine: nobody listens, or at least not this server
        assertThat(plainAt(before)).as("the port that Felix has chosen").doesNotContain("http nobody");
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), held.getLocalPort()))
                .isInstanceOf(ConnectException.class);

        first.writeTo(certificateFile, keyFile);
        comesUp();

        second.writeTo(certificateFile, keyFile);
        Await.until("the files are looked at", () -> subject().equals("CN=second"));
    }

    @Test
    void withoutAConnectorOfFelixItListensItselfWithTlsOnly() throws Exception {
        felix.stop();
        server.removeConnector(felix);
        start(port(ClientCertificates.NONE), 0, false);

        first.writeTo(certificateFile, keyFile);
        comesUp();

        assertThat(over("TLSv1.3")).contains("https nobody");
        assertThat(plain()).doesNotContain("HTTP/1.1");
    }

    @Test
    void tlsStaysOnWhileTheFrontIsExchangedAndWhenItsConfigurationIsGone() throws Exception {
        first.writeTo(certificateFile, keyFile);
        FrontConnector former = start(port(ClientCertificates.NONE), 0, false);
        SSLSocket open = connect(authority.client(), "TLSv1.3");
        former.stop();
        server.removeConnector(former);
        assertThat(plain()).doesNotContain("HTTP/1.1");
        assertThat(over("TLSv1.3")).contains("https nobody");

        second.writeTo(certificateFile, keyFile);
        FrontConnector next = start(port(ClientCertificates.NONE), 0, false);
        assertThat(subject()).isEqualTo("CN=second");
        assertThat(TestAuthority.talk(open, GET)).contains("https nobody");
        next.stop();
        server.removeConnector(next);

        start(Optional.empty(), new FrontHandlers.TransportRules(new AnswerHeaders(0), false));
        assertThat(plain()).doesNotContain("HTTP/1.1");
        assertThat(subject()).isEqualTo("CN=second");
    }

    @Test
    void aClientCertificateThatIsWantedIsVerifiedAndToldToWhatIsServed() throws Exception {
        first.writeTo(certificateFile, keyFile);
        Files.writeString(clientAuthorities, Signed.pem(List.of(authority.certificate())));
        start(port(ClientCertificates.WANTED), 0, false);

        assertThat(ask(authority.client(client), "TLSv1.3", GET)).contains("https CN=ada");
        assertThat(ask(authority.client(client), "TLSv1.2", GET)).contains("https CN=ada");
        assertThat(ask(authority.client(), "TLSv1.3", GET)).contains("https nobody");
        assertThat(withOwn(stranger)).as("a stranger").doesNotContain("HTTP/1.1 200");
    }

    @Test
    void withoutAClientCertificateThatIsRequiredOnlyProbesAreAnswered() throws Exception {
        first.writeTo(certificateFile, keyFile);
        Files.writeString(clientAuthorities, Signed.pem(List.of(authority.certificate())));
        start(port(ClientCertificates.REQUIRED), 0, true);

        assertThat(ask(authority.client(client), "TLSv1.3", GET)).contains("https CN=ada");
        assertThat(over("TLSv1.3"))
                .startsWith("HTTP/1.1 403")
                .contains("application/problem+json")
                .contains("clientAuthorities");
        for (String spelling : List.of("/health/ready/../../seen", "/health/ready;/../seen", "//health/ready")) {
            assertThat(ask(authority.client(), "TLSv1.3", GET.replace("/seen", spelling)))
                    .as(spelling)
                    .startsWith("HTTP/1.1 40");
        }
        assertThat(ask(authority.client(), "TLSv1.3", GET.replace("/seen", "/health/ready")))
                .contains("https nobody");
        assertThat(withOwn(stranger)).as("a stranger").doesNotContain("HTTP/1.1 200");
    }

    @Test
    void aHandshakeThatStallsIsClosed() throws Exception {
        first.writeTo(certificateFile, keyFile);
        start(port(ClientCertificates.NONE), 0, false);
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), held.getLocalPort());
        sockets.add(silent);
        silent.setSoTimeout(30_000);
        silent.getOutputStream().write(new byte[] {0x16, 0x03, 0x01});

        assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void anotherProgramSpeaksToIt() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(OPENSSL), "no openssl: the handshake with it is not tested");
        first.writeTo(certificateFile, keyFile);
        start(port(ClientCertificates.NONE), 0, false);
        Path trusted = folder.resolve("ca.pem");
        Files.writeString(trusted, Signed.pem(List.of(authority.certificate())));

        assertThat(openssl(trusted, "-tls1_3")).contains("Verify return code: 0 (ok)", "TLSv1.3");
        assertThat(openssl(trusted, "-tls1_2")).contains("Verify return code: 0 (ok)", "TLSv1.2", "ECDHE");
        assertThat(openssl(trusted, "-tls1_1")).contains("Cipher is (NONE)");
        assertThat(openssl(trusted, "-tls1_2", "-cipher", "AES128-SHA:AES256-GCM-SHA384"))
                .as("without forward secrecy")
                .contains("Cipher is (NONE)");
    }

    @Test
    void furtherPortsHaveTheSameCertificate() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        further = List.of(new PathConnector.PathPort(port, "/containers"));
        first.writeTo(certificateFile, keyFile);

        start(port(ClientCertificates.NONE), 0, false);

        SSLSocket socket =
                (SSLSocket) authority.client().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        assertThat(TestAuthority.talk(socket, GET)).contains("https nobody");
        assertThat(((X509Certificate) socket.getSession().getPeerCertificates()[0])
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo(subject());
        assertThat(plainAt(port)).doesNotContain("http nobody");
    }

    private String openssl(Path trusted, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                OPENSSL.toString(),
                "s_client",
                "-connect",
                "127.0.0.1:" + held.getLocalPort(),
                "-CAfile",
                trusted.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new java.io.File("/dev/null"))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private EncryptedPort port(ClientCertificates clients) {
        TlsSettings settings = new TlsSettings(
                certificateFile,
                Optional.of(keyFile),
                Optional.empty(),
                Optional.of(clientAuthorities).filter(file -> clients != ClientCertificates.NONE));
        ServerCertificate certificate = new ServerCertificate(settings, List::of, Optional::empty, Clock.systemUTC());
        return new EncryptedPort(certificate, clients != ClientCertificates.NONE);
    }

    private FrontConnector start(EncryptedPort port, int hstsSeconds, boolean required) throws Exception {
        return start(Optional.of(port), new FrontHandlers.TransportRules(new AnswerHeaders(hstsSeconds), required));
    }

    private FrontConnector start(Optional<EncryptedPort> port, FrontHandlers.TransportRules rules) throws Exception {
        FrontConnector front = new FrontConnector(
                server,
                new FrontHandlers.FrontSettings(
                        new FrontHandlers.ConcurrencyLimits(4, 4, 4, 4),
                        new ConnectionGuard.ConnectionLimits(50, 50, Duration.ofSeconds(2)),
                        new RequestBodyHandler.RequestBodyLimits(
                                Duration.ofHours(1), Duration.ofHours(1), 0, 2, 1 << 20),
                        rules),
                new AdmissionHandler.AdmissionSources(Optional::empty, Optional::empty, Optional::empty),
                new FrontConnector.FrontPort("127.0.0.1", OptionalInt.of(held.getLocalPort()), port, further),
                () -> true);
        server.addConnector(front);
        front.start();
        return front;
    }

    private void comesUp() throws InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(30)) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), held.getLocalPort()).close();
                return;
            } catch (IOException closed) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new AssertionError("the port stays closed");
    }

    private String subject() {
        try (SSLSocket socket = connect(authority.client(), "TLSv1.3")) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (Exception refused) {
            throw new IllegalStateException(refused);
        }
    }

    private String over(String protocol) throws Exception {
        return ask(authority.client(), protocol, GET);
    }

    private String ask(SSLContext context, String protocol, String request) throws Exception {
        return TestAuthority.talk(connect(context, protocol), request);
    }

    /** In TLS 1.3 a client learns that its certificate is refused when it reads. */
    private String withOwn(Signed own) throws Exception {
        try {
            return ask(authority.client(own), "TLSv1.3", GET);
        } catch (IOException refused) {
            return refused.toString();
        }
    }

    private SSLSocket connect(SSLContext context, String protocol) throws Exception {
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), held.getLocalPort());
        sockets.add(socket);
        socket.setSoTimeout(30_000);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    private String plain() throws IOException {
        return plain(new Socket(InetAddress.getLoopbackAddress(), held.getLocalPort()), 30_000);
    }

    private String plain(Socket socket, int patienceMillis) throws IOException {
        sockets.add(socket);
        socket.setSoTimeout(patienceMillis);
        return TestAuthority.talk(socket, GET);
    }

    private String plainAt(int port) {
        try {
            return plain(new Socket(InetAddress.getLoopbackAddress(), port), 2_000);
        } catch (IOException closed) {
            return "";
        }
    }
}
