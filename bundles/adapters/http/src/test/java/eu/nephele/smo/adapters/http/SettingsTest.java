// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static eu.nephele.smo.adapters.http.Opened.credentials;
import static eu.nephele.smo.adapters.http.Opened.open;
import static eu.nephele.smo.adapters.http.Opened.proxy;
import static eu.nephele.smo.adapters.http.Opened.settings;
import static eu.nephele.smo.adapters.http.Opened.timeout;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong value names its setting, and is not shown if it may be a secret. */
class SettingsTest {

    private static final HttpSettings GOOD = settings("http://127.0.0.1:9090");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "prometheus:9090",
                "ftp://secret",
                "http://",
                "http://a b",
                "http://u:secret@h",
                "http://h?k=secret",
                "http://h/#secret",
                "http://h:0",
                "http://h:65536"
            })
    void anAddressIsHttpWithoutUserAndQuery(String url) {
        wrong(settings(url), "url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy", "https://proxy:3128", "http://proxy", "http://u:secret@proxy:3128", "http://proxy:70000"
            })
    void aProxyIsHttpWithAPort(String proxy) {
        wrong(proxy(GOOD, proxy), "proxy");
    }

    @Test
    void timesAndSizesAreMoreThanNothing() {
        wrong(timeout(GOOD, Duration.ZERO), "timeoutMillis");
        wrong(
                new HttpSettings(
                        "prometheus",
                        GOOD.url(),
                        Duration.ofMillis(-1),
                        GOOD.timeout(),
                        1,
                        GOOD.proxy(),
                        GOOD.caFile(),
                        GOOD.credentials()),
                "connectTimeoutMillis");
        wrong(
                new HttpSettings(
                        "prometheus",
                        GOOD.url(),
                        GOOD.timeout(),
                        GOOD.timeout(),
                        0,
                        GOOD.proxy(),
                        GOOD.caFile(),
                        GOOD.credentials()),
                "maxAnswerKiB");
    }

    @Test
    void aSecretInPlaceOfAReferenceIsNotRevealed() {
        wrong(credentials(GOOD, new Credentials.Bearer("secret")), "token");
        wrong(credentials(GOOD, new Credentials.Basic("jo", "secret")), "password");
        wrong(credentials(GOOD, new Credentials.Basic("jo", "")), "password");
        wrong(credentials(GOOD, new Credentials.Basic("jo:secret", "file:pw")), "username");
    }

    private static void wrong(HttpSettings settings, String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(settings))
                .withMessageStartingWith("The setting %s of prometheus: ", setting)
                .withMessageNotContaining("secret@")
                .matches(
                        e -> !e.getMessage()
                                .replace("reference of a secret", "")
                                .contains("secret"),
                        "tells no secret");
    }
}
