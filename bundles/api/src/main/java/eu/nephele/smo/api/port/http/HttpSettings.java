// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How to speak HTTP with one outside system. References are resolved at every use, so that a secret can be changed in place.
 *
 * @param system name of the system, for failures and metrics, for example {@code prometheus}
 * @param url address that paths are appended to, {@code http} or {@code https}; for example {@code https://grafana.example/sub}
 * @param connectTimeout for reaching the system
 * @param timeout for a whole answer, from the connection to its last byte
 * @param maxAnswerBytes a longer answer is a failure
 * @param proxy {@code http://HOST:PORT}; empty: none
 * @param caFile file with certificates (PEM) that are trusted instead of those of the Java runtime; empty: those
 * @param credentials what is sent as {@code Authorization}
 */
public record HttpSettings(
        String system,
        String url,
        Duration connectTimeout,
        Duration timeout,
        int maxAnswerBytes,
        Optional<String> proxy,
        Optional<String> caFile,
        Credentials credentials) {

    /** Value of the header {@code Authorization}. Secrets are references ({@code file:…}, {@code env:…}), never texts. */
    public sealed interface Credentials {

        /** Nothing is sent. */
        record None() implements Credentials {}

        /**
         * A user and a password.
         *
         * @param password reference of a secret
         */
        record Basic(String user, String password) implements Credentials {}

        /**
         * A bearer token.
         *
         * @param token reference of a secret
         */
        record Bearer(String token) implements Credentials {}

        /**
         * Reads three values of a configuration: a token if present, else a user with a password if present.
         *
         * @param token reference of a secret, or ""
         * @param user or ""
         * @param password reference of a secret, or ""
         */
        static Credentials of(String token, String user, String password) {
            if (!token.isBlank()) {
                return new Bearer(token);
            }
            return user.isBlank() ? new None() : new Basic(user, password);
        }
    }
}
