// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.PagedItems;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.model.SmoDecision;
import eu.nephele.smo.access.client.model.SmoDecisionSummary;
import eu.nephele.smo.access.client.model.SmoExplanation;
import eu.nephele.smo.access.client.model.SmoGraph;
import eu.nephele.smo.access.client.model.SmoGraphSummary;
import eu.nephele.smo.access.client.model.SmoPlan;
import eu.nephele.smo.access.client.model.SmoRevision;
import eu.nephele.smo.access.client.model.SmoService;
import eu.nephele.smo.access.client.model.SmoVerification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The graphs of a project. */
public final class GraphCalls {

    private final CallFactory calls;
    private final String project;

    public GraphCalls(CallFactory calls, String project) {
        this.calls = calls;
        this.project = project;
    }

    public PagedItems<SmoGraphSummary> list() {
        return new PagedItems<>(calls, path(), SmoGraphSummary::from);
    }

    /** {@code phase} is "" for all. */
    public PagedItems<SmoGraphSummary> list(String phase, String namePrefix) {
        String query = (phase.isEmpty() ? "" : "&phase=" + CallFactory.encoded(phase))
                + (namePrefix.isEmpty() ? "" : "&namePrefix=" + CallFactory.encoded(namePrefix));
        return new PagedItems<>(
                calls, path() + (query.isEmpty() ? "" : "?" + query.substring(1)), SmoGraphSummary::from);
    }

    public SmoCall<SmoGraph> get(String graph) {
        return calls.get(path(graph)).as(SmoGraph::from);
    }

    /** Deploys the graph of a descriptor (JSON or YAML); {@code wait}: for its end, zero for none. */
    public SmoCall<ChangedGraph> deploy(String descriptor, Duration wait) {
        return change("POST", path() + CallFactory.waiting(wait), Optional.of(RequestBody.descriptor(descriptor)));
    }

    /** Updates a graph; {@link SmoCall#onlyIf} with the tag of {@link #get} refuses to overwrite another change. */
    public SmoCall<ChangedGraph> update(String graph, String descriptor, Duration wait) {
        return change("PUT", path(graph) + CallFactory.waiting(wait), Optional.of(RequestBody.descriptor(descriptor)));
    }

    public SmoCall<ChangedGraph> start(String graph, Duration wait) {
        return change("POST", path(graph, "start") + CallFactory.waiting(wait), Optional.empty());
    }

    public SmoCall<ChangedGraph> stop(String graph, Duration wait) {
        return change("POST", path(graph, "stop") + CallFactory.waiting(wait), Optional.empty());
    }

    /** Places a graph anew by its own strategy. */
    public SmoCall<ChangedGraph> place(String graph, Duration wait) {
        return change("POST", path(graph, "placement") + CallFactory.waiting(wait), Optional.empty());
    }

    /** The same with a body of the contract: reason, services, target, strategy. */
    public SmoCall<ChangedGraph> place(String graph, JsonNode body, Duration wait) {
        return change(
                "POST",
                path(graph, "placement") + CallFactory.waiting(wait),
                Optional.of(RequestBody.json(body.toString())));
    }

    public SmoCall<ChangedGraph> repair(String graph, Duration wait) {
        return change("POST", path(graph, "repair") + CallFactory.waiting(wait), Optional.empty());
    }

    public SmoCall<ChangedGraph> remove(String graph, Duration wait) {
        return change("DELETE", path(graph) + CallFactory.waiting(wait), Optional.empty());
    }

    /** Does not wait for what cannot be removed outside now. */
    public SmoCall<ChangedGraph> forceRemove(String graph, Duration wait) {
        return change("DELETE", path(graph) + CallFactory.waiting(wait) + "&force=true", Optional.empty());
    }

    /** Pauses automation, or resumes it. */
    public SmoCall<SmoGraph> pause(String graph, boolean paused) {
        return calls.keyed(
                        "PUT", path(graph, "automation"), Optional.of(RequestBody.json("{\"paused\":" + paused + "}")))
                .as(SmoGraph::from);
    }

    /** Sets the replicas of a service by hand, for some time or until they are released. */
    public SmoCall<SmoGraph> hold(String graph, String service, int replicas, Optional<Duration> time) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("replicas", replicas);
        time.ifPresent(limit -> body.put("forSeconds", limit.toSeconds()));
        return calls.keyed(
                        "PUT",
                        path(graph, "services", service, "replicas"),
                        Optional.of(RequestBody.json(body.toString())))
                .as(SmoGraph::from);
    }

    /** Gives the replicas of a service back to its strategy. */
    public SmoCall<SmoGraph> release(String graph, String service) {
        return calls.keyed("DELETE", path(graph, "services", service, "replicas"), Optional.empty())
                .as(SmoGraph::from);
    }

    public SmoCall<List<SmoService>> services(String graph) {
        return calls.get(path(graph, "services")).as(page -> JsonFields.items(page.path("items"), SmoService::from));
    }

    public SmoCall<SmoService> service(String graph, String service) {
        return calls.get(path(graph, "services", service)).as(SmoService::from);
    }

    public SmoCall<SmoExplanation> explain(String graph, String service) {
        return calls.get(path(graph, "services", service, "explanation")).as(SmoExplanation::from);
    }

    public PagedItems<SmoRevision> revisions(String graph) {
        return new PagedItems<>(calls, path(graph, "revisions"), SmoRevision::from);
    }

    public SmoCall<SmoRevision> revision(String graph, long revision) {
        return calls.get(path(graph, "revisions", String.valueOf(revision))).as(SmoRevision::from);
    }

    public SmoCall<ChangedGraph> rollback(String graph, long revision, Duration wait) {
        return change(
                "POST",
                path(graph, "rollback") + CallFactory.waiting(wait),
                Optional.of(RequestBody.json("{\"revision\":" + revision + "}")));
    }

    /** The dry run of a descriptor; the graph need not exist. */
    public SmoCall<SmoPlan> plan(String graph, String descriptor) {
        return calls.change("POST", path(graph, "plan"), Optional.of(RequestBody.descriptor(descriptor)))
                .as(SmoPlan::from);
    }

    public SmoCall<SmoPlan> plan(String graph, SmoPlan earlier) {
        return calls.get(path(graph, "plans", earlier.id())).as(SmoPlan::from);
    }

    /** Carries out exactly this plan. */
    public SmoCall<ChangedGraph> apply(SmoPlan plan, Duration wait) {
        return change(
                "POST", path(plan.graph(), "plans", plan.id(), "apply") + CallFactory.waiting(wait), Optional.empty());
    }

    /** Newest first; without details. */
    public PagedItems<SmoDecisionSummary> decisions(String graph) {
        return new PagedItems<>(calls, path(graph, "decisions"), SmoDecisionSummary::from);
    }

    public SmoCall<SmoDecision> decision(String graph, String decision) {
        return calls.get(path(graph, "decisions", decision)).as(SmoDecision::from);
    }

    public SmoCall<SmoVerification> verify(String graph, String decision) {
        return calls.get(path(graph, "decisions", decision, "verification")).as(SmoVerification::from);
    }

    private SmoCall<ChangedGraph> change(String method, String path, Optional<RequestBody> body) {
        return calls.keyed(method, path, body).as(ChangedGraph::from);
    }

    private String path(String... further) {
        String base = CallFactory.nativePath("projects", project, "graphs");
        return further.length == 0 ? base : base + CallFactory.path(further);
    }
}
