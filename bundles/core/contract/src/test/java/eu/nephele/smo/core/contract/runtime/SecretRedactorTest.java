// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of known form do not leave the server in a text; what is needed to find a fault does. */
class SecretRedactorTest {

    private static final String SECRET = "s3cr3t-M4rk3r";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=" + SECRET,
                "password: \"" + SECRET + " with a space\"",
                "{\"adminPassword\":\"" + SECRET + "\",\"other\":1}",
                "webhook secret=" + SECRET + " was refused",
                "Authorization: Bearer " + SECRET,
                "authorization=Basic " + SECRET,
                "header Bearer " + SECRET,
                "the url https://anna:" + SECRET + "@host.example/path is wrong",
                "jdbc:postgresql://db/smo?user=smo&password=" + SECRET,
                "X-Api-Key: " + SECRET,
                "the key smok_prometheus_" + SECRET + " has ended",
                "session smos_1_" + SECRET,
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0." + SECRET,
                "client-key-data: " + SECRET,
                "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\n" + SECRET,
                "token='" + SECRET + "'",
                "https://anna:pa/" + SECRET + "@host.example/path",
                "https://anna:p@" + SECRET + "@host.example/path",
                "Cookie: theme=dark; session=" + SECRET + "; lang=en",
                "{\"Set-Cookie\": \"a=b; Path=/, session=" + SECRET + "; HttpOnly\"}",
            })
    void aSecretIsTakenOut(String text) {
        assertThat(SecretRedactor.redacted(text)).doesNotContain(SECRET).contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "circuit opened system=helm retryAfterSeconds=10 reason=\"connection refused\"",
                "http://127.0.0.1:8000/health",
                "http://127.0.0.1:8000/mails/anna@host.example",
                "smo_engine_graphs{phase=\"failed\"} 2.0",
                "    at eu.nephele.smo.core.identity.PasswordCheck.fits(PasswordCheck.java:77)",
                "strategy missing kind=\"placement\" strategy=carbon",
            })
    void everythingElseStays(String text) {
        assertThat(SecretRedactor.redacted(text)).isEqualTo(text);
    }

    @Test
    void whatIsAroundASecretStays() {
        assertThat(SecretRedactor.redacted("url=https://anna:pw@db.example:5432/smo failed, password=\"x y\" given"))
                .isEqualTo("url=https://***@db.example:5432/smo failed, password=*** given");
    }

    /** A key of 2 MB, or a quotation mark that is never closed, is no reason to give up. */
    @ParameterizedTest
    @ValueSource(strings = {"\"", ""})
    void aLongSecretIsTakenOutWhole(String end) {
        String text = "client-key-data: \"" + "QmFzZTY0".repeat(250_000) + end;
        assertThat(SecretRedactor.redacted(text)).hasSizeLessThan(100);
    }

    @Test
    void aTextFullOfBeginningsTakesNoLongTime() {
        String text = "http://a:b".repeat(100_000);
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> SecretRedactor.redacted(text)))
                .isEqualTo(text);
    }
}
