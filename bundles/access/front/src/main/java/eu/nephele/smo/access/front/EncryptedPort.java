// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.access.front.tls.ServerCertificate;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS before HTTP on a connector. What is put there are classes of Jetty and the JDK only: the connector serves TLS
 * while this bundle is updated.
 */
final class EncryptedPort {

    /** Tells connectors encrypted here from those that an operator configures at Felix. */
    private static final String NAME = "smo-tls";

    private final ServerCertificate certificate;
    private final boolean asksClients;
    private SslContextFactory.Server contexts = new SslContextFactory.Server();

    /** @param asksClients whether clients may show a certificate, which is verified then */
    EncryptedPort(ServerCertificate certificate, boolean asksClients) {
        this.certificate = certificate;
        this.asksClients = asksClients;
    }

    static boolean isEncrypted(ServerConnector connector) {
        return NAME.equals(connector.getName());
    }

    boolean hasCertificate() {
        return certificate.isPresent();
    }

    /** Puts TLS before HTTP. The connector must not run, unless it is encrypted already: it stays open then. */
    void encrypt(ServerConnector connector) {
        SslContextFactory.Server former = contexts;
        SslConnectionFactory present = connector.getConnectionFactory(SslConnectionFactory.class);
        if (isEncrypted(connector) && present != null) {
            contexts = present.getSslContextFactory();
            if (former.getSslContext() != null) {
                use(former.getSslContext());
            }
            return;
        }
        HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
        secure(http.getHttpConfiguration());
        connector.addFirstConnectionFactory(new SslConnectionFactory(contexts, HttpVersion.HTTP_1_1.asString()));
        connector.setDefaultProtocol(connector.getProtocols().get(0));
        connector.setName(NAME);
    }

    /** Takes what the files have now, for further connections. */
    void look() {
        certificate.look().ifPresent(this::use);
    }

    private void use(SSLContext context) {
        if (!contexts.isStarted()) {
            set(contexts, context);
            return;
        }
        try {
            contexts.reload(factory -> set((SslContextFactory.Server) factory, context));
        } catch (Exception unexpected) {
            // the context is complete: there is nothing left in the factory that could fail
            throw new IllegalStateException("The certificate could not be changed", unexpected);
        }
    }

    private void set(SslContextFactory.Server factory, SSLContext context) {
        factory.setSslContext(context);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setRenegotiationAllowed(false);
        factory.setWantClientAuth(asksClients);
    }

    /** The names in Host are judged by the gate, for plain HTTP as well; the name in the handshake chooses nothing. */
    private static void secure(HttpConfiguration http) {
        http.setSecureScheme("https");
        if (http.getCustomizer(SecureRequestCustomizer.class) == null) {
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
    }
}
