// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.event.EventHistory;
import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.graph.DecisionHistory;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaDecision;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.pools.containers.pool.PlayedGraphs;
import eu.nephele.smo.pools.containers.pool.PlayedResources;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the core keeps and allows, as tests set it. */
final class PlayedCore implements DecisionHistory, EventHistory, Permissions {

    final List<SmoEvent> events = new ArrayList<>();
    final List<ReplicaDecision> decisions = new ArrayList<>();
    final List<Directive> directives = new ArrayList<>();
    final PlayedActions actions = new PlayedActions(this);
    Optional<JsonObject> placement = Optional.empty();

    /** Only what is read; anything else is a mistake of the code. */
    ClusterService clusters() {
        return (ClusterService) Proxy.newProxyInstance(
                ClusterService.class.getClassLoader(),
                new Class<?>[] {ClusterService.class},
                (proxy, method, given) -> {
                    if (!method.getName().equals("directives")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return List.copyOf(directives);
                });
    }

    PoolServices services(PlayedGraphs graphs, PlayedResources resources) {
        return new PoolServices(graphs.service(), clusters(), this, this, actions, resources.operations());
    }

    void happened(String type, String service, Instant at, JsonObject data) {
        happened("shop", type, service, at, data);
    }

    void happened(String project, String type, String service, Instant at, JsonObject data) {
        long sequence = events.size() + 1L;
        events.add(new StoredEvent(
                "e" + sequence,
                sequence,
                new EventDraft(
                        type,
                        at,
                        Optional.of(ResourceRef.of(new GraphId(project, service))),
                        Optional.of(service),
                        1,
                        Optional.empty(),
                        "",
                        "",
                        data)));
    }

    @Override
    public KeptEvents latest(Set<String> types, String project, long after, int limit, CallContext call) {
        List<SmoEvent> found = events.stream()
                .filter(event -> event.sequence() > after)
                .filter(event -> types.contains(event.type()))
                .filter(event -> event.graph().orElseThrow().project().equals(project))
                .toList();
        return new KeptEvents(found.subList(Math.max(0, found.size() - limit), found.size()), events.size());
    }

    @Override
    public Optional<JsonObject> placement(GraphView graph, String service, CallContext call) {
        return placement;
    }

    @Override
    public List<ReplicaDecision> scaling(GraphId graph, String service, int limit, CallContext call) {
        return decisions.stream().limit(limit).toList();
    }

    /** As the rules of the core are: a viewer reads, an operator changes what is no configuration, an administrator all. */
    @Override
    public boolean allow(CallContext call, Verb verb, ResourceRef target) {
        return allowIn(call, verb, target.kind(), target.project());
    }

    @Override
    public boolean allowIn(CallContext call, Verb verb, String kind, String project) {
        Set<String> roles = call.remote().orElseThrow().roles().getOrDefault("", Set.of());
        return roles.contains("admin")
                || (roles.contains("operator") && !kind.equals("configuration"))
                || (roles.contains("viewer") && verb == Verb.READ);
    }
}
