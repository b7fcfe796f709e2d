// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.rollout.ReleaseRequests;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Releases of others under names that a graph needs: a plan shows them, and only a plan adopts them. */
final class ReleaseAdoption {

    /** Actions that may meet an existing release. */
    private static final Set<Action> ARRIVALS = EnumSet.of(Action.INSTALL, Action.MOVE, Action.WATCH);

    /**
     * @param releases service → releases of others
     * @param warnings releases that could not be read
     */
    record AdoptableReleases(Map<String, List<ForeignRelease>> releases, List<String> warnings) {
        static final AdoptableReleases NOTHING = new AdoptableReleases(Map.of(), List.of());
    }

    private final AdapterPorts ports;
    private final ReleaseRequests requests;

    ReleaseAdoption(AdapterPorts ports, ReleaseRequests requests) {
        this.ports = ports;
        this.requests = requests;
    }

    /** Reads the releases at the places of the steps; one call per type of artifact. */
    AdoptableReleases at(List<PlanStep> steps, GraphRecord record, Graph graph, DecidedGraph decided) {
        Set<String> arriving = steps.stream()
                .filter(step -> ARRIVALS.contains(step.action()))
                .map(PlanStep::service)
                .collect(Collectors.toSet());
        Map<String, List<InstallRequest>> byType = new TreeMap<>();
        for (ServiceSpec service : graph.services()) {
            if (arriving.contains(service.id())) {
                byType.computeIfAbsent(service.artifact().runtime(), type -> new ArrayList<>())
                        .add(requests.create(
                                record,
                                graph,
                                service,
                                decided,
                                decided.placement().of(service.id())));
            }
        }
        Map<String, List<ForeignRelease>> releases = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        byType.forEach((type, wanted) -> {
            try {
                ports.deployer(type)
                        .foreign(wanted)
                        .forEach((workload, found) -> releases.put(workload.service(), found));
            } catch (AdapterException e) {
                warnings.add("Releases of others under these names are unknown now and would not be adopted: %s: %s"
                        .formatted(e.system(), e.getMessage()));
            }
        });
        return new AdoptableReleases(releases, warnings);
    }

    /** Returns whether both show the same. A stored document may write a number in another way. */
    static boolean areSame(Map<String, List<ForeignRelease>> some, Map<String, List<ForeignRelease>> others) {
        return texts(some).equals(texts(others));
    }

    private static Map<String, List<String>> texts(Map<String, List<ForeignRelease>> takeovers) {
        Map<String, List<String>> texts = new TreeMap<>();
        takeovers.forEach((service, releases) ->
                texts.put(service, releases.stream().map(ReleaseAdoption::text).toList()));
        return texts;
    }

    private static String text(ForeignRelease release) {
        List<String> differences = release.differences().stream()
                .map(difference -> "%s %s %s %s"
                        .formatted(
                                difference.subject(),
                                difference.pointer(),
                                difference.present().map(JsonValue::canonical),
                                difference.wanted().map(JsonValue::canonical)))
                .toList();
        return "%s %s %s".formatted(release.place(), release.fingerprint(), differences);
    }

    /** Returns the adoptable releases: service → fingerprints. */
    static Map<String, Set<String>> fingerprints(Map<String, List<ForeignRelease>> takeovers) {
        Map<String, Set<String>> fingerprints = new TreeMap<>();
        takeovers.forEach((service, releases) -> fingerprints.put(
                service, releases.stream().map(ForeignRelease::fingerprint).collect(Collectors.toSet())));
        return fingerprints;
    }
}
