// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.lab.simulator.Notification;
import eu.nephele.smo.lab.simulator.ScenarioException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Determines the receiver of alert notifications from the configuration and the framework. */
final class AlertReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(AlertReceiver.class);
    private static final String PORT = "smo.port";
    private static final String CERTIFICATE = "smo.tls.certificate";
    private static final String NOBODY = "none";

    private final BundleContext context;

    AlertReceiver(BundleContext context) {
        this.context = context;
    }

    /**
     * @param address of the receiver, {@code none}, or "" for this server
     * @param secret reference of the token that goes with it, "" for none
     */
    Consumer<Notification> at(String address, String secret) {
        Optional<String> wanted = address.isEmpty() ? here() : Optional.of(address);
        if (wanted.isEmpty()) {
            LOG.info("alert notifications disabled reason=\"the port of this server is not known, or speaks TLS\"");
        }
        return wanted.filter(text -> !text.equals(NOBODY))
                .<Consumer<Notification>>map(text -> new AlertPoster(url(text), () -> token(secret)))
                .orElse(notification -> {});
    }

    /** Plain HTTP only: what names a server in its certificate is not known here. */
    private Optional<String> here() {
        return Optional.ofNullable(context.getProperty(PORT))
                .filter(port -> port.matches("[1-9][0-9]*") && context.getProperty(CERTIFICATE) == null)
                .map("http://127.0.0.1:%s/alerts"::formatted);
    }

    private static URI url(String text) {
        try {
            URI uri = new URI(text);
            if (!Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                throw new ScenarioException(
                        "alertsUrl=%s in the configuration of the simulator, expected http(s)://…".formatted(text));
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new ScenarioException(
                    "alertsUrl=%s in the configuration of the simulator, expected http(s)://…".formatted(text), e);
        }
    }

    /** Looked up for each request: sources of secrets may start later than the world, and stop before it. */
    private Optional<String> token(String reference) {
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        String scheme = reference.replaceFirst(":.*", "");
        try {
            for (ServiceReference<SecretSource> source : context.getServiceReferences(
                    SecretSource.class, "(%s=%s)".formatted(SecretSource.SCHEME, scheme))) {
                Optional<String> secret =
                        Optional.ofNullable(context.getService(source)).flatMap(found -> found.resolve(reference));
                context.ungetService(source);
                if (secret.isPresent()) {
                    return secret;
                }
            }
        } catch (InvalidSyntaxException e) {
            throw missing(reference);
        }
        throw missing(reference);
    }

    private static AdapterException missing(String reference) {
        return new AdapterException(
                AdapterException.Kind.UNAVAILABLE,
                "secrets",
                "Secret %s, named by alertsSecret in the configuration of the simulator, does not exist"
                        .formatted(reference));
    }
}
