// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static eu.nephele.smo.core.resilience.Rule.ONCE;
import static eu.nephele.smo.core.resilience.Rule.REPEATABLE;
import static eu.nephele.smo.core.resilience.Rule.STAGE;
import static eu.nephele.smo.core.resilience.Rule.STALE;
import static eu.nephele.smo.core.resilience.Rule.THROUGH;
import static java.util.Map.entry;

import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What may be done with each method of each port: the one table. */
final class PortRules {

    private static final Map<Class<?>, Map<String, Rule>> TABLE = Map.ofEntries(
            entry(ClusterRegistry.class, Map.of("clusters", THROUGH, "target", THROUGH, "subscribe", THROUGH)),
            entry(
                    WorkloadRuntime.class,
                    Map.of(
                            "ensureShares", REPEATABLE,
                            "ensureMarked", REPEATABLE,
                            "observe", REPEATABLE,
                            "remains", REPEATABLE,
                            "subscribe", THROUGH)),
            entry(
                    WorkloadDeployer.class,
                    Map.of(
                            "ensureInstalled", REPEATABLE,
                            "ensureRemoved", REPEATABLE,
                            "leftovers", THROUGH,
                            "foreign", REPEATABLE,
                            "state", REPEATABLE,
                            "owned", REPEATABLE)),
            entry(ArtifactRepository.class, Map.of("descriptor", REPEATABLE, "chart", REPEATABLE)),
            // a load of a while ago would mislead the scaling: no data is better
            entry(MetricsSource.class, Map.of("instant", REPEATABLE, "range", REPEATABLE)),
            entry(AlertRules.class, Map.of("ensure", REPEATABLE, "remove", REPEATABLE, "owned", REPEATABLE)),
            entry(
                    DashboardPublisher.class,
                    Map.of(
                            "ensureGraph", REPEATABLE,
                            "ensureService", REPEATABLE,
                            "ensureCluster", REPEATABLE,
                            "removeGraph", REPEATABLE)),
            entry(
                    NetworkFabric.class,
                    Map.of(
                            "ensureReachable", REPEATABLE,
                            "obstacles", THROUGH,
                            "remove", REPEATABLE,
                            "networks", STALE)),
            entry(SignalSource.class, Map.of("signals", THROUGH, "latencyMillis", THROUGH)),
            entry(
                    InfrastructureProvider.class,
                    Map.of("list", STALE, "create", STAGE, "recognisesKeys", THROUGH, "scale", STAGE, "delete", STAGE)),
            // who was told comes again by itself when the sink fails
            entry(AuditSink.class, Map.of("record", ONCE)));

    private PortRules() {}

    /** Everything that a guard may stand before. */
    static Set<Class<?>> ports() {
        return TABLE.keySet();
    }

    /** What may be done with a method; one that nobody has thought of is called once. */
    static Rule of(Class<?> port, Method method) {
        Rule unknown = CompletionStage.class.isAssignableFrom(method.getReturnType()) ? STAGE : ONCE;
        return TABLE.getOrDefault(port, Map.of()).getOrDefault(method.getName(), unknown);
    }

    /** Whether the table names it. */
    static boolean knows(Class<?> port, Method method) {
        return TABLE.getOrDefault(port, Map.of()).containsKey(method.getName());
    }
}
