// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.simulator.WorldSnapshot.PodPhase;
import java.time.Instant;
import java.util.Comparator;

/** One replica. Guarded by the lock of the world. */
final class Pod {

    static final Comparator<Pod> BY_READINESS =
            Comparator.<Pod, Instant>comparing(pod -> pod.readyAt).thenComparing(pod -> pod.number);

    private final long number;
    private final InstalledRelease release;
    private final Node node;
    private final Resources requests;
    private final int template;
    private final String artifact;
    private PodPhase phase = PodPhase.PENDING;
    private Instant readyAt = Instant.MAX;

    Pod(long number, InstalledRelease release, Node node, Resources requests) {
        this.number = number;
        this.release = release;
        this.node = node;
        this.requests = requests;
        this.template = release.template();
        this.artifact = release.chart();
    }

    long number() {
        return number;
    }

    InstalledRelease release() {
        return release;
    }

    Node node() {
        return node;
    }

    /** Returns whether it is of the present revision of its release. */
    boolean isUpdated() {
        return template == release.template();
    }

    String artifact() {
        return artifact;
    }

    Resources requests() {
        return requests;
    }

    PodPhase phase() {
        return phase;
    }

    Instant readyAt() {
        return readyAt;
    }

    boolean isScheduled() {
        return phase != PodPhase.PENDING;
    }

    boolean isReady() {
        return phase == PodPhase.READY;
    }

    void startsUntil(Instant moment) {
        phase = PodPhase.STARTING;
        readyAt = moment;
    }

    void becomes(PodPhase next) {
        phase = next;
        readyAt = Instant.MAX;
    }

    String name() {
        return "%s-%s-%d".formatted(release.ref().service(), node.name(), number);
    }
}
