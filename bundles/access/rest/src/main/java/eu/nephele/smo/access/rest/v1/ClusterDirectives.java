// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.SmallBodyReader;
import eu.nephele.smo.access.http.json.OperationAnswers;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directives of an operator for a cluster: cordon, drain, or normal operation. */
@Path("api/v1/clusters")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
public final class ClusterDirectives {

    private final ClusterService clusters;
    private final ClusterOverview clusterOverview;
    private final OperationAnswers answers;

    public ClusterDirectives(ClusterService clusters, ClusterOverview clusterOverview, OperationAnswers answers) {
        this.clusters = clusters;
        this.clusterOverview = clusterOverview;
        this.answers = answers;
    }

    @POST
    @Path("{name}/cordon")
    public Response cordon(@PathParam("name") String name, @Context ContainerRequestContext call, InputStream body) {
        return cordon(call, name, body);
    }

    @POST
    @Path("{source}/{name}/cordon")
    public Response cordonOfSource(
            @PathParam("source") String source,
            @PathParam("name") String name,
            @Context ContainerRequestContext call,
            InputStream body) {
        return cordon(call, source + "/" + name, body);
    }

    @POST
    @Path("{name}/uncordon")
    public Response uncordon(@PathParam("name") String name, @Context ContainerRequestContext call, InputStream body) {
        return uncordon(call, name, body);
    }

    @POST
    @Path("{source}/{name}/uncordon")
    public Response uncordonOfSource(
            @PathParam("source") String source,
            @PathParam("name") String name,
            @Context ContainerRequestContext call,
            InputStream body) {
        return uncordon(call, source + "/" + name, body);
    }

    @POST
    @Path("{name}/drain")
    public Response drain(
            @PathParam("name") String name,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call,
            InputStream body) {
        return drain(call, name, wait, body);
    }

    @POST
    @Path("{source}/{name}/drain")
    public Response drainOfSource(
            @PathParam("source") String source,
            @PathParam("name") String name,
            @QueryParam("wait") @Nullable String wait,
            @Context ContainerRequestContext call,
            InputStream body) {
        return drain(call, source + "/" + name, wait, body);
    }

    private Response cordon(ContainerRequestContext call, String text, InputStream body) {
        String reason = SmallBodyReader.reason(body);
        ClusterId cluster = meantBy(text, call);
        return answer(ChangeSubmission.create(call).ask(from -> clusters.cordon(cluster, reason, from)));
    }

    private Response uncordon(ContainerRequestContext call, String text, InputStream body) {
        SmallBodyReader.reason(body);
        ClusterId cluster = meantBy(text, call);
        return answer(ChangeSubmission.create(call).ask(from -> clusters.uncordon(cluster, from)));
    }

    private Response drain(ContainerRequestContext call, String text, @Nullable String wait, InputStream body) {
        Duration atMost = AsyncWait.parse(wait);
        String reason = SmallBodyReader.reason(body);
        ClusterId cluster = meantBy(text, call);
        ChangeSubmission submission = ChangeSubmission.create(call);
        Operation operation = submission.ask(from -> clusters.drain(cluster, reason, from));
        return answers.respond(submission, operation, atMost);
    }

    private Response answer(Directive directive) {
        return Responses.json(200, ClusterJson.toJson(directive)).build();
    }

    /** Also finds an unavailable cluster that has a directive of an operator. */
    private ClusterId meantBy(String text, ContainerRequestContext call) {
        List<ClusterId> meant = clusterOverview
                .names(clusters.directives(RequestCaller.from(call)).stream()
                        .map(Directive::cluster)
                        .toList())
                .meantBy(text);
        if (meant.isEmpty()) {
            throw SmoException.notFound("Cluster %s does not exist".formatted(text));
        }
        if (meant.size() > 1) {
            throw SmoException.conflict("Several sources have a cluster %s: %s".formatted(text, meant));
        }
        return meant.get(0);
    }
}
