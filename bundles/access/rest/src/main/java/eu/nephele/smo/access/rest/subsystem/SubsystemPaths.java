// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.subsystem;

import eu.nephele.smo.access.rest.subsystem.SubsystemRegistry.Entered;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;

/** Paths below {@code /api/v1} of the present subsystems. A path with a resource of its own takes precedence. */
@Path("api/v1")
public final class SubsystemPaths {

    private final SubsystemRegistry subsystems;

    public SubsystemPaths(SubsystemRegistry subsystems) {
        this.subsystems = subsystems;
    }

    /** The word as written in the path: other spellings are not served, as with fixed paths. */
    @Path("{subsystem}")
    public Object find(@Encoded @PathParam("subsystem") String word, @Context ContainerRequestContext request) {
        Entered entered = subsystems.enter(word);
        SubsystemFilter.mark(request, entered.inside());
        return entered.resource();
    }
}
