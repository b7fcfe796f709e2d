// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plays the controllers of Karmada on an API server that has its kinds of objects: brings what policies select to the members
 * that they name, takes it away at once from those that they do not name any more, gathers the status, watches the members.
 */
public final class KarmadaPlayer implements AutoCloseable {

    private final Map<Kind, Mirror> mirrors = new LinkedHashMap<>();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Bindings bindings;
    private final ClusterReports reports;
    private final NamespaceSpread namespaces;
    private final Round round;
    private final Round questions;

    /** @param notReadyMillis how long a member may be silent until it is told to be not ready */
    public KarmadaPlayer(ApiServer host, long notReadyMillis, Path folder) {
        for (Kind kind : Kind.TEMPLATES) {
            mirrors.put(kind, new Mirror(host, kind, ""));
        }
        for (Kind kind : List.of(
                Kind.CLUSTER, Kind.NAMESPACE, Kind.PROPAGATION_POLICY, Kind.OVERRIDE_POLICY, Kind.RESOURCE_BINDING)) {
            mirrors.put(kind, new Mirror(host, kind, ""));
        }
        this.round = new Round("karmada", folder);
        this.questions = new Round("karmada-questions", folder);
        this.bindings = new Bindings(host, mirror(Kind.RESOURCE_BINDING));
        this.reports = new ClusterReports(host, mirror(Kind.CLUSTER), notReadyMillis);
        this.namespaces = new NamespaceSpread(mirror(Kind.NAMESPACE), round);
    }

    /** Takes a cluster in; before {@link #start}. */
    public void join(ApiServer server, NodePlayer nodes, String region, String zone) {
        members.put(server.name(), new Member(server, nodes, new Member.Place(region, zone)));
    }

    public void start() {
        mirrors.values().forEach(Mirror::start);
        members.values().forEach(Member::start);
        questions.run(() -> members.values().forEach(Member::ask));
        round.run(this::look);
    }

    private void look() {
        if (!mirrors.values().stream().allMatch(Mirror::synced)) {
            return; // half of the truth would look like an order to delete
        }
        members.values().forEach(member -> round.attempt(() -> reports.report(member)));
        List<Member> there = members.values().stream().filter(Member::reachable).toList();
        there.forEach(namespaces::bringTo);
        Copies copies = new Copies(round);
        for (Kind kind : Kind.TEMPLATES) {
            for (ObjectNode object : mirror(kind).all()) {
                if (!object.path("metadata").has("deletionTimestamp")) {
                    propagate(kind, object, copies);
                }
            }
        }
        there.forEach(copies::bringTo);
    }

    /** An object whose policy has gone stays where it was, as with the real one. */
    private void propagate(Kind kind, ObjectNode object, Copies copies) {
        Optional<ObjectNode> policy =
                Policies.of(object, mirror(Kind.PROPAGATION_POLICY).all());
        Targets before = bindings.of(kind, object).map(Targets::of).orElseGet(() -> new Targets(Map.of()));
        if (policy.isEmpty() && before.replicas().isEmpty()) {
            return;
        }
        int replicas = object.path("spec").path("replicas").asInt();
        Targets targets = policy.map(
                        found -> Targets.of(found.path("spec").path("placement"), replicas, before, readiness()))
                .orElse(before);
        boolean withDependencies = policy.isPresent()
                && policy.get().path("spec").path("propagateDeps").asBoolean();
        boolean known = round.attempt(() -> targets.replicas().forEach((cluster, count) -> {
            copies.want(cluster, copy(kind, object, cluster, count));
            if (withDependencies) {
                wantDependencies(object, cluster, copies);
            }
        }));
        if (!known) {
            copies.keepAll();
        }
        round.attempt(() -> bindings.write(kind, object, policy, targets));
        round.attempt(() -> bindings.report(kind, object, targets, members));
    }

    private Copy copy(Kind kind, ObjectNode object, String cluster, OptionalInt count) {
        return Copy.of(
                kind,
                object,
                count,
                Policies.overrides(object, cluster, mirror(Kind.OVERRIDE_POLICY).all()));
    }

    private void wantDependencies(ObjectNode object, String cluster, Copies copies) {
        Dependencies needed = Dependencies.of(object);
        String namespace = object.path("metadata").path("namespace").asText();
        needed.configMaps().forEach(name -> mirror(Kind.CONFIG_MAP)
                .get(namespace, name)
                .ifPresent(found -> copies.want(cluster, copy(Kind.CONFIG_MAP, found, cluster, OptionalInt.empty()))));
        needed.secrets().forEach(name -> mirror(Kind.SECRET)
                .get(namespace, name)
                .ifPresent(found -> copies.want(cluster, copy(Kind.SECRET, found, cluster, OptionalInt.empty()))));
    }

    private Map<String, Boolean> readiness() {
        Map<String, Boolean> ready = new LinkedHashMap<>();
        members.forEach((name, member) -> ready.put(name, reports.ready(member)));
        return ready;
    }

    private Mirror mirror(Kind kind) {
        Mirror mirror = mirrors.get(kind);
        if (mirror == null) {
            throw new IllegalArgumentException("Not looked at: " + kind.plural());
        }
        return mirror;
    }

    @Override
    public void close() {
        round.close();
        questions.close();
        mirrors.values().forEach(Mirror::close);
        members.values().forEach(Member::close);
    }
}
