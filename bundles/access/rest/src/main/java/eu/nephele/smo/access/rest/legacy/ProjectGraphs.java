// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.legacy;

import eu.nephele.smo.access.http.AsyncWait;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.rest.cluster.ClusterNames;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.access.rest.http.AdmissionControlled;
import eu.nephele.smo.access.rest.http.DeployRequestReader;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The reference's calls on the graphs of a project. */
@Path("project/{project}/graphs")
public final class ProjectGraphs {

    private static final int READ_AT_ONCE = 2;

    private final Semaphore reading = new Semaphore(READ_AT_ONCE, true);
    private final GraphService graphs;
    private final DeployRequestReader deployRequestReader;
    private final ClusterOverview clusterOverview;
    private final AsyncWait waiting;
    private final Duration wait;

    /** @param wait maximum wait of a deployment for its decision */
    public ProjectGraphs(
            GraphService graphs,
            DeployRequestReader deployRequestReader,
            ClusterOverview clusterOverview,
            AsyncWait waiting,
            Duration wait) {
        this.graphs = graphs;
        this.deployRequestReader = deployRequestReader;
        this.clusterOverview = clusterOverview;
        this.waiting = waiting;
        this.wait = wait;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(@PathParam("project") String project, @Context ContainerRequestContext request) {
        CallContext call = RequestCaller.from(request);
        ClusterNames names = clusterOverview.names();
        List<String> found = graphs.names(project, call);
        StreamingOutput answer = out -> write(project, found, names, call, out);
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** With descriptors, like the reference; one after the other, because all may not fit into memory. */
    private void write(String project, List<String> found, ClusterNames names, CallContext call, OutputStream out)
            throws IOException {
        String before = "[";
        for (String name : found) {
            byte[] graph = json(new GraphId(project, name), names, call);
            if (graph.length > 0) {
                out.write(before.getBytes(StandardCharsets.UTF_8));
                out.write(graph);
                before = ",";
            }
        }
        out.write((before.equals("[") ? "[]" : "]").getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when it has been removed. Few at a time: a graph takes many times its text in memory while it is read. */
    private byte[] json(GraphId graph, ClusterNames names, CallContext call) throws IOException {
        try {
            reading.acquire();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The server is stopping");
        }
        try {
            return graphs.find(graph, call)
                    .filter(view -> view.item().desired() != DesiredState.REMOVED)
                    .map(view -> LegacyJson.graph(view, names).toString().getBytes(StandardCharsets.UTF_8))
                    .orElse(new byte[0]);
        } finally {
            reading.release();
        }
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/x-yaml", "application/yaml", "text/yaml"})
    @AdmissionControlled
    public Response deploy(
            @PathParam("project") String project,
            @Context HttpHeaders headers,
            @Context ContainerRequestContext call,
            InputStream body) {
        ChangeSubmission submission = ChangeSubmission.create(call);
        DeployRequest request = deployRequestReader.read(project, body, headers.getMediaType(), false);
        Change change = submission.deploy(graphs, request);
        Optional<GraphView> decided = waiting.on(change.decided(), waiting.forDecision(wait));
        ResponseBuilder answer = Responses.text(202, "Graph deployment triggered successfully");
        List<String> warnings = new ArrayList<>(request.warnings());
        warnings.addAll(intentWarnings(decided.orElse(change.accepted())));
        if (decided.isEmpty()) {
            warnings.add("The placement decision is still pending");
        }
        WarningHeaders.add(answer, warnings);
        submission.mark(answer, change);
        return answer.build();
    }

    private static List<String> intentWarnings(GraphView view) {
        return view
                .condition(Condition.INTENTS_HONOURED)
                .filter(condition -> condition.status() == Condition.Status.FALSE)
                .map(Condition::message)
                .stream()
                .toList();
    }
}
