// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.access.front.tls.TlsSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

final class TlsConfigurationTest {

    private static final Path DATA = Path.of("/data");

    private final BundleContext context = mock(BundleContext.class);
    private final FrontConfig config = mock(FrontConfig.class);

    @BeforeEach
    void defaults() {
        when(context.getProperty("smo.data")).thenReturn(DATA.toString());
        when(config.tlsCertificate()).thenReturn("");
        when(config.tlsKey()).thenReturn("");
        when(config.tlsPassword()).thenReturn("");
        when(config.clientCertificates()).thenReturn("none");
        when(config.clientAuthorities()).thenReturn("");
    }

    @Test
    void isPlainHttpUntilACertificateIsNamed() {
        assertThat(new TlsConfiguration(context, config).settings()).isEmpty();
        when(config.tlsKey()).thenReturn("tls.key");
        assertThat(new TlsConfiguration(context, config).settings()).isEmpty();
    }

    @Test
    void pathsAreRelativeToTheDataDirectory() {
        when(config.tlsCertificate()).thenReturn("secrets/tls.crt");
        when(config.tlsKey()).thenReturn("/etc/tls.key");
        when(config.tlsPassword()).thenReturn("file:secrets/password");
        when(config.clientAuthorities()).thenReturn("secrets/clients.pem");
        assertThat(new TlsConfiguration(context, config).settings())
                .contains(new TlsSettings(
                        DATA.resolve("secrets/tls.crt"),
                        Optional.of(Path.of("/etc/tls.key")),
                        Optional.of("file:secrets/password"),
                        Optional.empty()));

        when(config.clientCertificates()).thenReturn("wanted");
        TlsConfiguration asks = new TlsConfiguration(context, config);
        assertThat(asks.clientCertificates()).isEqualTo(ClientCertificates.WANTED);
        assertThat(asks.settings().orElseThrow().clientAuthorities()).contains(DATA.resolve("secrets/clients.pem"));
    }

    @Test
    void optionsOfTheLauncherComeFirstAndTogether() {
        when(config.tlsCertificate()).thenReturn("configured.crt");
        when(config.tlsKey()).thenReturn("configured.key");
        when(context.getProperty("smo.tls.certificate")).thenReturn("/etc/both.pem");
        assertThat(new TlsConfiguration(context, config).settings())
                .contains(new TlsSettings(
                        Path.of("/etc/both.pem"), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void clientsAreNotTrustedByDefault() {
        when(config.clientCertificates()).thenReturn("required");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TlsConfiguration(context, config))
                .withMessageContaining("clientCertificates=required needs clientAuthorities");
        when(config.clientCertificates()).thenReturn("perhaps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TlsConfiguration(context, config))
                .withMessageContaining("'perhaps', expected none, wanted or required");
    }
}
