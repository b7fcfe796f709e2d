// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.contract.owner.Ownership.Role;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Marks answers of a standby with the time of its last read, so that clients know how old the data may be. */
public final class StandbyFilter implements ContainerResponseFilter {

    /** {@code standby}. */
    public static final String ROLE = "Smo-Role";
    /** Start of the last successful read of the database (RFC 3339, UTC), by the clock of this server. */
    public static final String READ_AT = "Smo-Read-At";

    private static final String STANDBY = "standby";

    private final Supplier<Optional<Ownership>> ownership;
    private final Clock clock;

    /** @param ownership as long as the database is open */
    public StandbyFilter(Supplier<Optional<Ownership>> ownership, Clock clock) {
        this.ownership = ownership;
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        ownership.get().filter(known -> known.role() == Role.STANDBY).ifPresent(standby -> {
            response.getHeaders().putSingle(ROLE, STANDBY);
            standby.sinceLook().ifPresent(ago -> response.getHeaders()
                    .putSingle(
                            READ_AT,
                            clock.instant()
                                    .minus(ago)
                                    .truncatedTo(ChronoUnit.MILLIS)
                                    .toString()));
        });
    }
}
