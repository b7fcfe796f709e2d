// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds outside changes of services that were complete. */
final class DriftCheck {

    /** The field of a drift of the release itself. */
    static final String VALUES = "values";

    private final ObservedDeployment observedDeployment;
    private final ClusterInventory clusterInventory;
    private final ReleaseActuator releases;
    private final Clock clock;

    DriftCheck(
            ObservedDeployment observedDeployment,
            ClusterInventory clusterInventory,
            ReleaseActuator releases,
            Clock clock) {
        this.observedDeployment = observedDeployment;
        this.clusterInventory = clusterInventory;
        this.releases = releases;
        this.clock = clock;
    }

    List<Drift> changedOutside(ServiceSpec service) {
        List<Drift> found = new ArrayList<>();
        List<Share> target = observedDeployment.decided.placement().of(service.id());
        boolean reachable = target.stream().allMatch(share -> clusterInventory.ready(share.cluster()));
        if (observedDeployment.seen(service.id()).isEmpty() && reachable) {
            found.add(drift(service, "release", "installed", "missing"));
        } else if (releases.isTampered(observedDeployment.ref(service.id()))) {
            found.add(drift(service, VALUES, "as installed", "changed outside"));
        } else if (!observedDeployment.graph.staticPlacement() && reachable) {
            String expected = places(target);
            String actual = places(observedDeployment.observation(service.id()).byCluster().entrySet().stream()
                    .filter(entry -> clusterInventory.ready(entry.getKey()))
                    .map(entry -> new Share(entry.getKey(), entry.getValue().desiredReplicas()))
                    .toList());
            if (!expected.equals(actual)) {
                found.add(drift(service, "replicas", expected, actual));
            }
        }
        return found;
    }

    /** Returns whether this difference was published before. */
    boolean isKnown(String service, String field) {
        return observedDeployment.record.observed().drift().stream()
                .anyMatch(known ->
                        known.service().equals(service) && known.field().equals(field));
    }

    private Drift drift(ServiceSpec service, String field, String expected, String actual) {
        Instant since = observedDeployment.record.observed().drift().stream()
                .filter(known ->
                        known.service().equals(service.id()) && known.field().equals(field))
                .map(Drift::since)
                .findFirst()
                .orElseGet(clock::instant);
        return new Drift(service.id(), field, expected, actual, since);
    }

    private static String places(List<Share> shares) {
        return shares.stream()
                .filter(share -> share.replicas() > 0)
                .sorted((one, other) -> one.cluster().compareTo(other.cluster()))
                .map(share -> "%s ×%d".formatted(share.cluster().name(), share.replicas()))
                .reduce((one, other) -> one + " + " + other)
                .orElse("nothing");
    }

    static String describe(List<Drift> found) {
        return found.stream()
                .map(one ->
                        "changed outside: %s is %s, expected %s".formatted(one.field(), one.actual(), one.expected()))
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }
}
