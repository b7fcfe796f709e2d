// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.Authenticator;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * Knows callers by the client certificate that the web server has verified: {@code cert:COMMON-NAME}. Credentials in the
 * call itself take precedence, also when they are wrong.
 */
final class CertificateAuthenticator implements Authenticator {

    private static final String PREFIX = "cert:";

    @Override
    public Optional<Principal> authenticate(String authorization) {
        return Optional.empty();
    }

    @Override
    public Optional<Principal> authenticate(Presented presented) {
        return presented.authorization().isPresent()
                ? Optional.empty()
                : presented.certificates().stream()
                        .findFirst()
                        .flatMap(CertificateAuthenticator::commonName)
                        .map(name -> new Principal(PREFIX + name, Set.of()));
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName());
            return subject.getRdns().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                    .map(part -> String.valueOf(part.getValue()))
                    .filter(name -> !name.isBlank() && name.chars().noneMatch(CertificateAuthenticator::isUnfit))
                    .reduce((first, mostSpecific) -> mostSpecific);
        } catch (InvalidNameException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isUnfit(int character) {
        return Character.isISOControl(character) || Character.isWhitespace(character);
    }
}
