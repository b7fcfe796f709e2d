// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.Session;

/**
 * Lets failures through at once. EclipseLink by itself would ask a connection that failed whether it is well and repeat the query
 * three times, five seconds apart, while the caller holds a thread; pool and transactions do what makes sense of it. And counts what is sent.
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
