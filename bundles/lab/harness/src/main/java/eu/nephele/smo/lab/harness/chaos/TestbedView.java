// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.remote.world.WorldReport;
import eu.nephele.smo.lab.remote.world.WorldReport.ReleaseReport;
import eu.nephele.smo.lab.remote.world.WriteReport;
import eu.nephele.smo.lab.testbed.players.ReconciledObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * State observed on the API servers, grouped by service.
 *
 * @param records all revisions of all releases
 * @param objects all other objects made through the SMO, copies and pods included
 * @param pods pods that are not being deleted
 * @param rules rules that are evaluated
 */
record TestbedView(
        List<HelmRecord> records, List<ReconciledObject> objects, List<SeenPod> pods, List<RuleRecord> rules) {

    /** Names of everything of a service begin with, or contain, the name of the service. */
    private static final Pattern SERVICE = Pattern.compile("(?<![a-z0-9])(g\\d+)-s\\d+(?!\\d)");

    private static final String NOTE = "smo.install.";

    /**
     * @param cluster on whose API server it is
     */
    record SeenPod(String cluster, String service, boolean ready) {}

    ObservedWorld outside() {
        List<HelmRecord> ordered = records.stream()
                .sorted(Comparator.comparing(HelmRecord::name)
                        .thenComparing(HelmRecord::server)
                        .thenComparingInt(HelmRecord::revision))
                .toList();
        Map<String, HelmRecord> latest = new TreeMap<>();
        ordered.forEach(record -> latest.put(record.server() + " " + record.name(), record));
        List<ChaosFinding> strays = new ArrayList<>();
        latest.values().forEach(record -> unfinished(record, strays));
        leftovers(strays);
        Map<String, ReleaseReport> releases = new TreeMap<>();
        latest.values().forEach(record -> releases.merge(record.name(), release(record), TestbedView::older));
        return new ObservedWorld(
                new WorldReport(List.of(), List.copyOf(releases.values()), rules, writes(ordered)), strays);
    }

    private static void unfinished(HelmRecord record, List<ChaosFinding> strays) {
        if (!record.status().equals("deployed")) {
            strays.add(ChaosFinding.stuck(
                    "release %s on %s".formatted(record.name(), record.server()),
                    "deployed",
                    "revision %d is %s".formatted(record.revision(), record.status())));
        }
    }

    /** Objects of services without a release, and notes about finished installs. */
    private void leftovers(List<ChaosFinding> strays) {
        Set<String> released = records.stream().map(HelmRecord::name).collect(Collectors.toSet());
        for (ReconciledObject object : objects) {
            Matcher service = SERVICE.matcher(object.name());
            if (!service.find() || !released.contains(service.group())) {
                strays.add(ChaosFinding.orphaned(object.toString(), "nothing without a release", "it is there"));
            } else if (object.name().startsWith(NOTE)) {
                strays.add(
                        ChaosFinding.orphaned(object.toString(), "no note of an install that is over", "it is there"));
            }
        }
    }

    /** Several connections have several releases; the one that lags says most. */
    private static ReleaseReport older(ReleaseReport one, ReleaseReport other) {
        return edit(one) <= edit(other) ? one : other;
    }

    private static int edit(ReleaseReport release) {
        return release.values()
                .get(GraphSpec.EDIT_VALUE)
                .flatMap(value -> value.asNumber())
                .map(number -> number.intValue())
                .orElse(0);
    }

    private ReleaseReport release(HelmRecord record) {
        Matcher service = SERVICE.matcher(record.name());
        String graph = service.matches() ? service.group(1) : "";
        Map<String, Integer> replicas = new TreeMap<>();
        int ready = 0;
        for (SeenPod pod : pods) {
            if (pod.service().equals(record.name())) {
                replicas.merge(pod.cluster(), 1, Integer::sum);
                ready += pod.ready() ? 1 : 0;
            }
        }
        return new ReleaseReport(
                new WorkloadRef(
                        new GraphId(DescriptorEdits.PROJECT, graph.isEmpty() ? record.name() : graph), record.name()),
                record.revision(),
                record.key(),
                record.reference(),
                JsonObject.EMPTY.with(
                        GraphSpec.EDIT_VALUE,
                        JsonNumber.of(record.values().path(GraphSpec.EDIT_VALUE).asInt())),
                replicas,
                ready,
                "");
    }

    /** Counts existing records; removed ones are unknown. */
    private WriteReport writes(List<HelmRecord> ordered) {
        List<String> doubled = new ArrayList<>();
        for (int i = 1; i < ordered.size(); i++) {
            if (ordered.get(i).repeats(ordered.get(i - 1))) {
                doubled.add("%s on %s, revision %d"
                        .formatted(
                                ordered.get(i).key(),
                                ordered.get(i).server(),
                                ordered.get(i).revision()));
            }
        }
        return new WriteReport(ordered.size(), 0, rules.size(), 0, doubled.size(), doubled);
    }
}
