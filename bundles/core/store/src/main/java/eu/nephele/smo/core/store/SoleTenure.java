// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The tenure of a server that owns its database as long as it is open. */
@Component(service = Tenure.class)
public final class SoleTenure implements Tenure {

    private static final Duration ALWAYS = Duration.ofDays(1);

    private final String owner = UUID.randomUUID().toString();

    @Activate
    public SoleTenure(@Reference Database database) {
        // there as long as the database is
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public Duration left() {
        return ALWAYS;
    }
}
