// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.port.Authenticator.Presented;
import eu.nephele.smo.api.port.Authenticator.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateAuthenticatorTest {

    private final CertificateAuthenticator authenticator = new CertificateAuthenticator();

    private static X509Certificate of(String subject) {
        X509Certificate certificate = mock(X509Certificate.class);
        when(certificate.getSubjectX500Principal()).thenReturn(new X500Principal(subject));
        return certificate;
    }

    private Optional<String> name(Optional<String> authorization, X509Certificate... chain) {
        return authenticator
                .authenticate(new Presented(authorization, List.of(chain), "10.0.0.1"))
                .map(Principal::name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=probe,O=Example          | cert:probe",
                "O=Example,CN=probe          | cert:probe",
                "CN=\"a,CN=admin\",O=Example  | cert:a,CN=admin",
                "O=Example                   | ''",
                "CN=two words                | ''",
            })
    void theCommonNameIsWhoCalls(String subject, String expected) {
        assertThat(name(Optional.empty(), of(subject)).orElse("")).isEqualTo(expected);
    }

    @Test
    void theClientsOwnCertificateCountsAndNotThatOfItsAuthority() {
        assertThat(name(Optional.empty(), of("CN=client"), of("CN=authority"))).contains("cert:client");
    }

    @Test
    void credentialsInTheCallTakePrecedence() {
        assertThat(name(Optional.of("Bearer wrong"), of("CN=client"))).isEmpty();
        assertThat(name(Optional.empty())).isEmpty();
    }
}
