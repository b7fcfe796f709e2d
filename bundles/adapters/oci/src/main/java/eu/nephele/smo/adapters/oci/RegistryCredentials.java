// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import java.util.List;
import java.util.Optional;

/** Credentials by registry. Secrets are resolved at every use. */
final class RegistryCredentials {

    private final List<Login> logins;
    private final Optional<DockerConfig> docker;
    private final List<SecretSource> secrets;

    RegistryCredentials(OciSettings settings, List<SecretSource> secrets) {
        this.logins = settings.logins();
        this.docker = settings.dockerConfig().map(DockerConfig::new);
        this.secrets = secrets;
    }

    /** @return empty: the registry is asked anonymously */
    Optional<RegistryAuthorization> find(String registry) {
        Optional<Login> own = logins.stream()
                .filter(login -> login.registry().equals(registry))
                .findFirst();
        return own.map(this::authorization).or(() -> docker.flatMap(config -> config.find(registry)));
    }

    private RegistryAuthorization authorization(Login login) {
        if (secrets.isEmpty()) {
            throw new AdapterException(
                    Kind.UNAVAILABLE,
                    RegistryFailures.SYSTEM,
                    "No source of secrets is available (0 SecretSource services); %s is needed for registry %s"
                            .formatted(login.secret(), login.registry()));
        }
        String secret = SecretSource.first(secrets, login.secret())
                .orElseThrow(() ->
                        RegistryFailures.refused("Secret %s does not exist; credentials in %s names it for registry %s"
                                .formatted(login.secret(), OciSettings.PID, login.registry())));
        return login.isToken()
                ? RegistryAuthorization.bearer(secret)
                : RegistryAuthorization.basic(login.user(), secret);
    }
}
