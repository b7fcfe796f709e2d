// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A sound adapter passes each contract, and each check finds the adapter that breaks it. */
class PortContractsTest {

    private record Port(String name, Function<String, PortContract<?>> contract) {}

    private static final List<Port> PORTS = List.of(
            new Port("ClusterRegistry", BrokenClusters::contract),
            new Port("WorkloadRuntime", BrokenRuntime::contract),
            new Port("WorkloadDeployer", BrokenDeployer::contract),
            new Port("ArtifactRepository", BrokenArtifacts::contract),
            new Port("MetricsSource", BrokenMetrics::contract),
            new Port("AlertRules", BrokenRules::contract),
            new Port("DashboardPublisher", BrokenDashboards::contract),
            new Port("SignalSource", BrokenSignals::contract),
            new Port("NetworkFabric", BrokenFabric::contract),
            new Port("LoadBalancer", BrokenBalancer::contract),
            new Port("InfrastructureProvider", BrokenProvider::contract));

    @TestFactory
    Stream<DynamicTest> eachCheckFindsWhatItIsThereFor() {
        return PORTS.stream().flatMap(port -> Stream.concat(
                        Stream.of(""), Checks.of(port.contract().apply("")).stream())
                .map(fault -> DynamicTest.dynamicTest(
                        "%s: %s".formatted(port.name(), fault.isEmpty() ? "sound" : fault), () -> {
                            var failed = Checks.failed(() -> port.contract().apply(fault));
                            if (fault.isEmpty()) {
                                assertThat(failed).isEmpty();
                            } else {
                                assertThat(failed).contains(fault);
                            }
                        })));
    }
}
