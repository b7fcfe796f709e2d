// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.configuration;

import java.util.Set;

/**
 * Secrets that somebody has written in clear into configurations, where references belong: outputs that show configurations have to be
 * rid of them.
 */
public interface ConfiguredSecrets {

    /**
     * The secret texts of all present configurations; none is blank. Callers neither keep nor log them. References to secrets are not
     * among them.
     */
    Set<String> texts();
}
