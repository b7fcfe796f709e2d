// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Short forms for the calls of the tests. */
final class Opened {

    static final HttpCall READ = HttpCall.of("GET", "/api/things?token=abc", "Read things");

    /** A busy machine takes its time, for a handshake too. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Opened() {}

    static HttpSettings settings(String url) {
        return new HttpSettings(
                "prometheus",
                url,
                PATIENCE,
                PATIENCE,
                64 * 1024,
                Optional.empty(),
                Optional.empty(),
                new Credentials.None());
    }

    static HttpSettings timeout(HttpSettings s, Duration timeout) {
        return new HttpSettings(
                s.system(),
                s.url(),
                s.connectTimeout(),
                timeout,
                s.maxAnswerBytes(),
                s.proxy(),
                s.caFile(),
                s.credentials());
    }

    static HttpSettings connectTimeout(HttpSettings s, Duration timeout) {
        return new HttpSettings(
                s.system(), s.url(), timeout, s.timeout(), s.maxAnswerBytes(), s.proxy(), s.caFile(), s.credentials());
    }

    static HttpSettings proxy(HttpSettings s, String proxy) {
        return new HttpSettings(
                s.system(),
                s.url(),
                s.connectTimeout(),
                s.timeout(),
                s.maxAnswerBytes(),
                Optional.of(proxy),
                s.caFile(),
                s.credentials());
    }

    static HttpSettings caFile(HttpSettings s, String file) {
        return new HttpSettings(
                s.system(),
                s.url(),
                s.connectTimeout(),
                s.timeout(),
                s.maxAnswerBytes(),
                s.proxy(),
                Optional.of(file),
                s.credentials());
    }

    static HttpSettings credentials(HttpSettings s, Credentials credentials) {
        return new HttpSettings(
                s.system(),
                s.url(),
                s.connectTimeout(),
                s.timeout(),
                s.maxAnswerBytes(),
                s.proxy(),
                s.caFile(),
                credentials);
    }

    static JdkHttpSystems systems(Map<String, String> secrets) {
        JdkHttpSystems systems = new JdkHttpSystems(Path.of(""));
        SecretSource source = reference -> Optional.ofNullable(secrets.get(reference));
        systems.addSecrets(source, Map.of(SecretSource.SCHEME, "file"));
        return systems;
    }

    static HttpSystem open(HttpSettings settings) {
        return systems(Map.of()).open(settings);
    }

    static AdapterException failure(HttpSystem system, HttpCall call) {
        return catchThrowableOfType(AdapterException.class, () -> system.send(call));
    }

    static AdapterException failure(HttpSettings settings) {
        try (HttpSystem system = open(settings)) {
            return failure(system, READ);
        }
    }
}
