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
import eu.nephele.smo.core.contract.decision.StrategyStrain;
import eu.nephele.smo.core.contract.event.WebhookService;
import eu.nephele.smo.core.contract.health.HealthProbe.Finding;
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

/** What has to be there before calls make sense. */
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
    private volatile @Nullable StrategyStrain strain;

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

    /**
     * @param name what was looked at
     * @param ok whether it is as it should be
     * @param message for people
     */
    record Check(String name, boolean ok, String message) {}

    /** All checks; database and engine as they were found within the last two seconds. */
    List<Check> checks() {
        List<Check> checks = new ArrayList<>(List.of(store(), engine(), runtime(), clusters(), events(), rest()));
        memory().ifPresent(checks::add);
        Optional.ofNullable(outside).map(OutsideCheck::of).ifPresent(checks::add);
        Optional.ofNullable(components).flatMap(AdaptersCheck::of).ifPresent(checks::add);
        warnings.stream().map(WarningsCheck::of).forEach(checks::add);
        return List.copyOf(checks);
    }

    /** {@code owner} or {@code standby}; empty while the database is not open. */
    Optional<String> role() {
        return Optional.ofNullable(ownership)
                .map(present -> present.role().name().toLowerCase(Locale.ROOT));
    }

    /** Whether this server owns its database now. */
    Check owner() {
        Optional<Tenure> held =
                Optional.ofNullable(tenure).filter(present -> !present.left().isZero());
        String who = Optional.ofNullable(ownership)
                .flatMap(Ownership::owner)
                .map(Owner::toString)
                .orElse("nobody that is known");
        return new Check(
                "owner",
                held.isPresent(),
                held.map(present -> "this server owns the database, epoch " + present.epoch())
                        .orElse("the owner of the database is " + who));
    }

    /** What only a restart mends, each time anew. */
    List<Check> vital() {
        return Optional.ofNullable(strain).map(Readiness::strategies).stream().toList();
    }

    private static Check strategies(StrategyStrain strain) {
        int abandoned = strain.abandonedThreads();
        boolean ok = abandoned <= strain.mostAbandonedThreads();
        return new Check(
                "strategies",
                ok,
                ok
                        ? "threads that strategies keep: " + abandoned
                        : "CRITICAL: %d threads ignore their interruption inside strategies; restart the server, and remove what was ejected"
                                .formatted(abandoned));
    }

    private Check store() {
        return part("store", store != null, "there is no store yet");
    }

    private Check engine() {
        return part("engine", engine != null, "there is no engine yet");
    }

    private Check runtime() {
        return part("runtime", runtime != null, "there is no runtime of resources yet");
    }

    /** As it was found last, at most two seconds ago: nobody who asks waits for a database. */
    private Check part(String name, boolean there, String absent) {
        if (!there) {
            return new Check(name, false, absent);
        }
        Finding found = Optional.ofNullable(watchdog)
                .flatMap(dog -> dog.of(name))
                .orElseGet(() -> Finding.unwell("not looked at yet"));
        return new Check(name, found.ok(), found.message());
    }

    private Optional<Check> memory() {
        return Optional.ofNullable(watchdog)
                .flatMap(dog -> dog.of("memory"))
                .map(found -> new Check("memory", found.ok(), found.message()));
    }

    private Check clusters() {
        boolean ok = !registries.isEmpty();
        return new Check(
                "clusters", ok, ok ? "sources of clusters: " + registries.size() : "no source of clusters yet");
    }

    private Check events() {
        boolean ok = events != null;
        return new Check("events", ok, ok ? "events are told" : "events are not told yet");
    }

    private Check rest() {
        boolean ok = Optional.ofNullable(rest)
                .map(runtime -> Arrays.stream(runtime.getRuntimeDTO().applicationDTOs)
                        .anyMatch(application -> APPLICATION.equals(application.name)))
                .orElse(false);
        return new Check("rest", ok, ok ? "the REST interface is served" : "the REST interface is not served yet");
    }
}
