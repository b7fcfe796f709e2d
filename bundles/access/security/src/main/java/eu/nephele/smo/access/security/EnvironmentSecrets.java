// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.api.port.SecretSource;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Secrets in environment variables: {@code env:NAME}. */
@Component(property = SecretSource.SCHEME + "=env")
public final class EnvironmentSecrets implements SecretSource {

    private static final String PREFIX = "env:";

    private final Map<String, String> environment;

    @Activate
    public EnvironmentSecrets() {
        this(System.getenv());
    }

    EnvironmentSecrets(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Optional<String> resolve(String reference) {
        return reference.startsWith(PREFIX)
                ? Optional.ofNullable(environment.get(reference.substring(PREFIX.length())))
                : Optional.empty();
    }
}
