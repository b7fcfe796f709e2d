// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The controllers of Karmada, each of which runs once in a round. */
final class ControllerManager {

    private final ControlPlane host;
    private final PlayerLoop playerLoop;
    private final ClusterReports reports;
    private final TaintEvictor taintEvictor;
    private final NamespaceSyncController namespaces;
    private final Detector detector;
    private final DependenciesDistributor dependenciesDistributor;
    private final BindingController bindingController;
    private final ExecutionController execution;
    private final WorkStatuses statuses;
    private final StatusAggregator aggregation;

    /** @param millis a clock that only goes forward */
    ControllerManager(
            ControlPlane host,
            PlayerLoop playerLoop,
            KarmadaVersion version,
            PlayedDelays delays,
            LongSupplier millis) {
        this.host = host;
        this.playerLoop = playerLoop;
        reports = new ClusterReports(host, delays, millis);
        taintEvictor = new TaintEvictor(host, playerLoop, delays);
        namespaces = new NamespaceSyncController(host, playerLoop);
        detector = new Detector(host, playerLoop);
        dependenciesDistributor = new DependenciesDistributor(host, detector, playerLoop);
        bindingController = new BindingController(host, playerLoop, version);
        execution = new ExecutionController(host, playerLoop);
        statuses = new WorkStatuses(host, playerLoop, new StatusReflection(version), millis, delays.status());
        aggregation = new StatusAggregator(host, playerLoop, version);
    }

    void reconcile(Map<String, MemberCluster> members) {
        if (!host.synced()) {
            return;
        }
        members.values().forEach(member -> playerLoop.attempt(() -> reports.report(member)));
        taintEvictor.reconcile();
        namespaces.reconcile(List.copyOf(members.keySet()));
        detector.reconcile();
        dependenciesDistributor.reconcile();
        bindingController.reconcile();
        execution.reconcile(members);
        statuses.reconcile(members);
        aggregation.reconcile();
    }
}
