// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import javax.inject.Inject;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;

/**
 * The certificate of a client reaches what is served, and those without one reach probes only. Public, because Pax Exam
 * looks for public methods.
 */
@ExtendWith(PaxExamExtension.class)
public class ClientCertificateIT {

    private static final long PATIENCE_SECONDS = 60;

    @Inject
    private BundleContext context;

    @Configuration
    static Option[] options() throws Exception {
        SelfSigned server = new SelfSigned(folder(), "server");
        SelfSigned client = new SelfSigned(folder(), "ada");
        server.sign();
        client.sign();
        new SelfSigned(folder(), "eve").sign();
        return ContainerOptions.profile("sim", Map.of("eu.nephele.smo.access.front.cfg", """
                        tlsCertificate=%s
                        tlsKey=%s
                        clientCertificates=required
                        clientAuthorities=%s
                        """.formatted(
                        server.certificate(), server.key(), client.certificate())));
    }

    private static Path folder() {
        return Distribution.workFile("client-certificates");
    }

    @Test
    public void theVerifiedCertificateIsAnAttributeOfTheRequest() throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", "/who/*");
        context.registerService(
                Servlet.class,
                new HttpServlet() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
                        response.getWriter()
                                .println(((X509Certificate[]) chain)
                                        [0].getSubjectX500Principal()
                                        .getName());
                    }
                },
                properties);
        SelfSigned ada = new SelfSigned(folder(), "ada");

        Eventually.within(PATIENCE_SECONDS, () -> get("/health/ready"), answer -> assertThat(answer)
                .startsWith("HTTP/1.1 200"));
        Eventually.within(PATIENCE_SECONDS, () -> get("/who/am-i", ada), answer -> assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("CN=ada"));
        assertThat(get("/who/am-i")).startsWith("HTTP/1.1 403").contains("application/problem+json");
        assertThat(get("/system/console", ada)).as("no login").startsWith("HTTP/1.1 401");
        assertThat(get("/who/am-i", new SelfSigned(folder(), "eve"))).doesNotStartWith("HTTP/1.1 200");
    }

    private String get(String path, SelfSigned... own) {
        try (SSLSocket socket = SelfSigned.connect(
                Integer.parseInt(context.getProperty("smo.port")),
                new SelfSigned(folder(), "server").certificate(),
                own)) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (Exception refused) {
            return refused.toString();
        }
    }
}
