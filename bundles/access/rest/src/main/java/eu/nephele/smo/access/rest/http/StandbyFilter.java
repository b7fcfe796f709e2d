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

/**
 * Says with each answer of a server that stands by that it does, and when it saw the database last: whoever reads there knows how old
 * what they read may be. The owner says nothing.
 */
public final class StandbyFilter implements ContainerResponseFilter {

    /** {@code standby}. */
    public static final String ROLE = "Smo-Role";
    /** When the last look at the database began that was answered (RFC 3339, UTC), by the clock of this server. */
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
