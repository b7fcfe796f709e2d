// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.decision.AbandonedThreads;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.health.HealthProbe.ProbeResult;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.owner.Owner;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.contract.store.InstanceStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.jakartars.runtime.JakartarsServiceRuntime;

/** Preconditions of serving calls. */
@Component(service = Readiness.class)
public class Readiness {

    private static final String APPLICATION = "smo";

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Watchdog watchdog;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable InstanceStore store;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable GraphService engine;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ResourceService runtime;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<ClusterRegistry> registries = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable WebhookService events;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable JakartarsServiceRuntime rest;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AbandonedThreads strain;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OutsideGuard outside;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable ServiceComponentRuntime components;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<HealthWarnings> warnings = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Tenure tenure;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Ownership ownership;

    record ReadinessCheck(String name, boolean ok, String message) {

        /** Begins the message of a check that only warns. */
        static final String WARNING = "WARN: ";

        boolean isWarning() {
            return message.startsWith(WARNING);
        }
    }

    /** Database and engine as probed within the last two seconds. */
    List<ReadinessCheck> checks() {
        List<ReadinessCheck> checks =
                new ArrayList<>(List.of(store(), engine(), runtime(), clusters(), events(), rest()));
        memory().ifPresent(checks::add);
        Optional.ofNullable(outside).map(OutsideCheck::run).ifPresent(checks::add);
        Optional.ofNullable(components).flatMap(AdaptersCheck::run).ifPresent(checks::add);
        warnings.stream().map(WarningsCheck::run).forEach(checks::add);
        return List.copyOf(checks);
    }

    /** {@code owner} or {@code standby}; empty while the database is not open. */
    Optional<String> role() {
        return Optional.ofNullable(ownership)
                .map(present -> present.role().name().toLowerCase(Locale.ROOT));
    }

    ReadinessCheck owner() {
        Optional<Tenure> held =
                Optional.ofNullable(tenure).filter(present -> !present.left().isZero());
        String who = Optional.ofNullable(ownership)
                .flatMap(Ownership::owner)
                .map(Owner::toString)
                .orElse("unknown");
        return new ReadinessCheck(
                "owner",
                held.isPresent(),
                held.map(present -> "this server owns the database, epoch " + present.epoch())
                        .orElse("the owner of the database is " + who));
    }

    /** Returns the checks whose failure only a restart repairs, evaluated anew each time. */
    List<ReadinessCheck> vital() {
        return Optional.ofNullable(strain).map(Readiness::strategies).stream().toList();
    }

    private static ReadinessCheck strategies(AbandonedThreads strain) {
        int abandoned = strain.abandonedThreads();
        boolean ok = abandoned <= strain.mostAbandonedThreads();
        return new ReadinessCheck(
                "strategies",
                ok,
                ok
                        ? "threads kept by strategies: " + abandoned
                        : ("CRITICAL: %d threads ignore their interruption inside strategies;"
                                        + " restart the server, and remove the ejected strategies")
                                .formatted(abandoned));
    }

    private ReadinessCheck store() {
        return part("store", store != null, "the store is not available yet");
    }

    private ReadinessCheck engine() {
        return part("engine", engine != null, "the engine is not available yet");
    }

    private ReadinessCheck runtime() {
        return part("runtime", runtime != null, "the runtime of resources is not available yet");
    }

    /** Last probe result, at most two seconds old, so that no caller waits for a database. */
    private ReadinessCheck part(String name, boolean there, String absent) {
        if (!there) {
            return new ReadinessCheck(name, false, absent);
        }
        ProbeResult found = Optional.ofNullable(watchdog)
                .flatMap(dog -> dog.find(name))
                .orElseGet(() -> ProbeResult.unwell("not probed yet"));
        return new ReadinessCheck(name, found.ok(), found.message());
    }

    private Optional<ReadinessCheck> memory() {
        return Optional.ofNullable(watchdog)
                .flatMap(dog -> dog.find("memory"))
                .map(found -> new ReadinessCheck("memory", found.ok(), found.message()));
    }

    private ReadinessCheck clusters() {
        boolean ok = !registries.isEmpty();
        return new ReadinessCheck(
                "clusters", ok, ok ? "sources of clusters: " + registries.size() : "no source of clusters yet");
    }

    private ReadinessCheck events() {
        boolean ok = events != null;
        return new ReadinessCheck("events", ok, ok ? "events are published" : "events are not published yet");
    }

    private ReadinessCheck rest() {
        boolean ok = Optional.ofNullable(rest)
                .map(runtime -> Arrays.stream(runtime.getRuntimeDTO().applicationDTOs)
                        .anyMatch(application -> APPLICATION.equals(application.name)))
                .orElse(false);
        return new ReadinessCheck("rest", ok, ok ? "the REST API is served" : "the REST API is not served yet");
    }
}
