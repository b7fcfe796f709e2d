// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Plays Karmada on an API server that has its kinds of objects: controller manager and scheduler, each of which can be stopped and
 * started. All their state is on the API server, so a stop loses nothing but time.
 */
public final class KarmadaPlayer implements KarmadaControl {

    private final ControlPlane host;
    private final PlayedDelays delays;
    private final Map<String, MemberCluster> members = new LinkedHashMap<>();
    private final ControllerManager controllers;
    private final SchedulerPlayer scheduler;
    private final PlayerLoop managing;
    private final PlayerLoop scheduling;
    private final PlayerLoop questions;
    private final PlayerLoop discovery;

    public KarmadaPlayer(ApiServer server, KarmadaVersion version, PlayedDelays delays, Path folder) {
        this.host = new ControlPlane(server);
        this.delays = delays;
        this.managing = new PlayerLoop("karmada-controller-manager", folder);
        this.scheduling = new PlayerLoop("karmada-scheduler", folder);
        this.questions = new PlayerLoop("karmada-questions", folder);
        this.discovery = new PlayerLoop("karmada-discovery", folder);
        LongSupplier millis = () -> System.nanoTime() / 1_000_000;
        this.controllers = new ControllerManager(host, managing, version, delays, millis);
        this.scheduler = new SchedulerPlayer(host, scheduling);
    }

    /** Adds a member cluster; before {@link #start}. */
    public void join(ApiServer server, NodePlayer nodes, String region, String zone) {
        members.put(server.name(), new MemberCluster(server, nodes, new MemberCluster.MemberRegion(region, zone)));
    }

    public void start() {
        host.start();
        members.values().forEach(MemberCluster::start);
        Map<String, MemberCluster> joined = Map.copyOf(members);
        questions.run(() -> joined.values().forEach(MemberCluster::ask));
        discovery.run(delays.clusterStatus(), () -> joined.values()
                .forEach(member -> discovery.attempt(member::askForKinds)));
        managing.run(() -> controllers.reconcile(joined));
        scheduling.run(scheduler::reconcile);
    }

    @Override
    public void setControllersRunning(boolean running) {
        managing.setRunning(running);
    }

    @Override
    public void setSchedulerRunning(boolean running) {
        scheduling.setRunning(running);
    }

    @Override
    public void close() {
        List.of(managing, scheduling, questions, discovery).forEach(PlayerLoop::close);
        host.close();
        members.values().forEach(MemberCluster::close);
    }
}
