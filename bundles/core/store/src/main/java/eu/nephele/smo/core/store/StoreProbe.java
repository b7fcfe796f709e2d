// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.health.HealthProbe;
import java.sql.SQLException;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks the database for a row. The embedded one, once it has closed itself, stays closed in this process. */
@Component(service = HealthProbe.class)
public final class StoreProbe implements HealthProbe {

    /**
     * Error codes of an embedded database that has closed itself: closed (90098, 90121), broken connection (90067), out of
     * memory (90108), a file that it cannot read or write any more (90028, 90030, 90031), its own file taken (90020).
     */
    private static final Set<Integer> CLOSED = Set.of(90098, 90121, 90067, 90108, 90028, 90030, 90031, 90020);

    private final Database database;

    @Activate
    public StoreProbe(@Reference Database database) {
        this.database = database;
    }

    @Override
    public String part() {
        return "store";
    }

    @Override
    public String subject() {
        return "the database";
    }

    @Override
    public ProbeResult probe() {
        try {
            database.ask();
            return ProbeResult.well("the database answers");
        } catch (SQLException e) {
            return database.isEmbedded() && isClosed(e)
                    ? ProbeResult.broken("the embedded database has closed itself: " + e.getMessage())
                    : ProbeResult.unwell("the database does not answer: " + e.getMessage());
        }
    }

    private static boolean isClosed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && CLOSED.contains(sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }
}
