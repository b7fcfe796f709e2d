// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The logins of Docker, read at every use so that they can be changed in place. Credential helpers are never run. */
final class DockerConfig {

    private static final long MAX_BYTES = 1_000_000;

    private final Path file;

    DockerConfig(Path file) {
        this.file = file;
    }

    Optional<RegistryAuthorization> find(String registry) {
        Map<?, ?> config = read();
        for (Map.Entry<?, ?> auth : object(config, "auths").entrySet()) {
            if (host(String.valueOf(auth.getKey())).equals(host(registry))
                    && !object(auth.getValue()).isEmpty()) {
                return Optional.of(login(registry, object(auth.getValue())));
            }
        }
        boolean helper = object(config, "credHelpers").keySet().stream()
                .anyMatch(key -> host(String.valueOf(key)).equals(host(registry)));
        if (helper || !text(config, "credsStore").isEmpty()) {
            throw RegistryFailures.refused(
                    "%s leaves the login of registry %s to a credential helper, which is a program that the SMO does not run: name it in credentials of %s, or put it into auths"
                            .formatted(file, registry, OciSettings.PID));
        }
        return Optional.empty();
    }

    private RegistryAuthorization login(String registry, Map<?, ?> auth) {
        if (!text(auth, "registrytoken").isEmpty()) {
            return RegistryAuthorization.bearer(text(auth, "registrytoken"));
        }
        if (!text(auth, "identitytoken").isEmpty()) {
            throw RegistryFailures.refused(
                    "%s has an identity token for registry %s, which is not supported: use a user and a password"
                            .formatted(file, registry));
        }
        String user = text(auth, "username");
        String password = text(auth, "password");
        if (user.isEmpty()) {
            String[] both = decoded(registry, text(auth, "auth")).split(":", 2);
            user = both[0];
            password = both.length == 2 ? both[1] : "";
        }
        if (user.isEmpty() || password.isEmpty()) {
            throw RegistryFailures.refused("%s has no user and password for registry %s".formatted(file, registry));
        }
        return RegistryAuthorization.basic(user, password);
    }

    private String decoded(String registry, String auth) {
        try {
            return new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noBase64) {
            // Without the cause: its message has characters of the secret.
            throw RegistryFailures.refused("auth of registry %s in %s is not base64".formatted(registry, file));
        }
    }

    private Map<?, ?> read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw RegistryFailures.refused("%s (dockerConfig in %s) is too large for a config.json of Docker"
                        .formatted(file, OciSettings.PID));
            }
            return RegistryJson.object(Files.readString(file)).orElseThrow(this::noObject);
        } catch (IOException unreadable) {
            throw RegistryFailures.unavailable(
                    "%s (dockerConfig in %s) cannot be read: %s"
                            .formatted(
                                    file, OciSettings.PID, unreadable.getClass().getSimpleName()),
                    unreadable);
        }
    }

    private AdapterException noObject() {
        return RegistryFailures.refused(
                "%s (dockerConfig in %s) is not a JSON object".formatted(file, OciSettings.PID));
    }

    private static String host(String key) {
        String host =
                key.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.equals("index.docker.io") || host.equals("registry-1.docker.io") ? "docker.io" : host;
    }

    private static Map<?, ?> object(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Map<?, ?> object(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(Map<?, ?> fields, String name) {
        return Objects.toString(fields.get(name), "");
    }
}
