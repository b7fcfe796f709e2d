// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import java.time.Duration;
import java.util.Optional;

/**
 * How one API server is reached.
 *
 * @param connection {@code REFERENCE[#CONTEXT]}: reference of a secret that is a kubeconfig, and a context in it
 * @param timeout for a whole answer
 * @param proxy {@code http://HOST:PORT}; empty: none
 * @param maxAnswerBytes for an answer that is not a watch
 * @param caFile file with certificates (PEM) that are trusted instead of those of the kubeconfig
 */
public record LinkSettings(
        String system,
        String connection,
        Duration connectTimeout,
        Duration timeout,
        long maxAnswerBytes,
        Optional<String> proxy,
        Optional<String> caFile) {

    public String reference() {
        int hash = separator();
        return hash < 0 ? connection : connection.substring(0, hash);
    }

    /** Context in the kubeconfig; empty: its current one. */
    public Optional<String> context() {
        int hash = separator();
        return hash < 0 ? Optional.empty() : Optional.of(connection.substring(hash + 1));
    }

    /** A reference to a secret in Vault has one before its key. */
    private int separator() {
        int first = connection.indexOf('#');
        return first >= 0 && connection.startsWith("vault:") ? connection.indexOf('#', first + 1) : first;
    }
}
