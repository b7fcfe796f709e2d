// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.access.front.tls.TlsSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/**
 * TLS as the options of the launcher and the configuration have it.
 *
 * @param settings empty: plain HTTP
 */
record TlsConfiguration(Optional<TlsSettings> settings, ClientCertificates clientCertificates) {

    /** Framework properties of the launcher's options --tls-cert and --tls-key. */
    private static final String CERTIFICATE_OPTION = "smo.tls.certificate";

    private static final String KEY_OPTION = "smo.tls.key";

    /** @throws IllegalArgumentException naming the property, when they contradict each other */
    TlsConfiguration(BundleContext context, FrontConfig config) {
        this(settings(context, config), clientCertificates(config));
    }

    private static Optional<TlsSettings> settings(BundleContext context, FrontConfig config) {
        Path data = property(context, "smo.data").map(Path::of).orElseGet(() -> Path.of(""));
        Optional<String> option = property(context, CERTIFICATE_OPTION);
        Optional<String> certificate = option.or(() -> text(config.tlsCertificate()));
        if (certificate.isEmpty()) {
            return Optional.empty();
        }
        // a key belongs to its certificate: both come from the same place
        Optional<String> key = option.isPresent() ? property(context, KEY_OPTION) : text(config.tlsKey());
        return Optional.of(new TlsSettings(
                data.resolve(certificate.get()),
                key.map(data::resolve),
                text(config.tlsPassword()),
                text(config.clientAuthorities())
                        .filter(authorities -> clientCertificates(config) != ClientCertificates.NONE)
                        .map(data::resolve)));
    }

    private static ClientCertificates clientCertificates(FrontConfig config) {
        ClientCertificates wish = Arrays.stream(ClientCertificates.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(config.clientCertificates()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("%s: clientCertificates is '%s', expected none, wanted or required"
                                .formatted(FrontConfig.PID, config.clientCertificates())));
        if (wish != ClientCertificates.NONE && text(config.clientAuthorities()).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: clientCertificates=%s needs clientAuthorities, a PEM file of those who vouch for clients"
                            .formatted(FrontConfig.PID, config.clientCertificates()));
        }
        return wish;
    }

    private static Optional<String> text(String value) {
        return Optional.of(value.strip()).filter(given -> !given.isEmpty());
    }

    private static Optional<String> property(BundleContext context, String name) {
        return Optional.ofNullable(context.getProperty(name)).flatMap(TlsConfiguration::text);
    }
}
