// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The controllers of Karmada, each of which looks once in a round. */
final class ControllerManager {

    private final ControlPlane host;
    private final Round round;
    private final ClusterReports reports;
    private final Evictions evictions;
    private final Namespaces namespaces;
    private final Detector detector;
    private final Dependents dependents;
    private final Works works;
    private final Execution execution;
    private final WorkStatuses statuses;
    private final Aggregation aggregation;

    /** @param millis a clock that only goes forward */
    ControllerManager(ControlPlane host, Round round, KarmadaVersion version, Delays delays, LongSupplier millis) {
        this.host = host;
        this.round = round;
        reports = new ClusterReports(host, delays, millis);
        evictions = new Evictions(host, round, delays);
        namespaces = new Namespaces(host, round);
        detector = new Detector(host, round);
        dependents = new Dependents(host, detector, round);
        works = new Works(host, round, version);
        execution = new Execution(host, round);
        statuses = new WorkStatuses(host, round, new Reflection(version), millis, delays.status());
        aggregation = new Aggregation(host, round, version);
    }

    void look(Map<String, Member> members) {
        if (!host.synced()) {
            return;
        }
        members.values().forEach(member -> round.attempt(() -> reports.report(member)));
        evictions.look();
        namespaces.look(List.copyOf(members.keySet()));
        detector.look();
        dependents.look();
        works.look();
        execution.look(members);
        statuses.look(members);
        aggregation.look();
    }
}
