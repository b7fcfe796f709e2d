// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.Session;

/**
 * Passes failures on at once. EclipseLink by itself would check a failed connection and repeat the query three times,
 * five seconds apart, while the caller holds a thread; pool and transactions retry where that makes sense. Counts
 * statements, too.
 */
public final class FailFast implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        DatabaseLogin login = session.getLogin();
        login.setQueryRetryAttemptCount(0);
        login.setConnectionHealthValidatedOnError(false);
        session.setProfiler(new StatementCounter());
    }
}
