// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;

/** The desired file of a zone, for comparison with the answers of the name server. */
@Component(service = ZoneFiles.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=smo)")
@Path("api/v1/projects/{project}/zones")
public final class ZoneFiles {

    private final ResourceService resources;

    @Activate
    public ZoneFiles(@Reference ResourceService resources) {
        this.resources = resources;
    }

    @GET
    @Path("{zone}/file")
    @Produces("text/plain; charset=utf-8")
    public String file(
            @PathParam("project") String project,
            @PathParam("zone") String name,
            @Context ContainerRequestContext request) {
        CallContext call = (CallContext) request.getProperty(CallContext.PROPERTY);
        ResourceRef ref = new ResourceRef(ZoneController.ZONE, project, name);
        Resource zone =
                resources.find(ref, call).orElseThrow(() -> SmoException.notFound("%s does not exist".formatted(ref)));
        return ZoneController.render(zone);
    }
}
